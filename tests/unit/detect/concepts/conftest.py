"""Made pictures of plain concepts, and a small network that was never taught."""

from collections.abc import Callable

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw

from brandlens.detect.artifact import ConceptDescription, ModelLabel, TrainedConcepts
from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.concepts.report import ConceptReport

SIZE = (160, 120)


def draw_concept(encode: Callable[..., bytes], number: int, *labels: str) -> ConceptImage:
    """Blots of any colour with, as labeled, stripes over the left half and a checkerboard over the right."""
    chance = np.random.default_rng(number)
    picture = Image.new("RGB", SIZE, tuple(chance.integers(0, 256, 3).tolist()))
    pen = ImageDraw.Draw(picture)
    for _ in range(6):
        x, y, r = (int(chance.integers(0, most)) for most in (*SIZE, 40))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.integers(0, 256, 3).tolist()))
    colours = [tuple(chance.integers(0, 256, 3).tolist()) for _ in range(2)]
    step = int(chance.integers(6, 12))
    if "Stripes" in labels:
        for y in range(0, SIZE[1], 2 * step):
            pen.rectangle((0, y, SIZE[0] // 2, y + step), fill=colours[0])
    if "Checks" in labels:
        for x in range(SIZE[0] // 2, SIZE[0], step):
            for y in range((x // step % 2) * step, SIZE[1], 2 * step):
                pen.rectangle((x, y, x + step, y + step), fill=colours[1])
    data = encode(picture)
    return ConceptImage(lambda: data, labels, scene=f"scene {number // 2}")


@pytest.fixture(scope="session")
def draw(encode_picture) -> Callable[..., ConceptImage]:
    return lambda number, *labels: draw_concept(encode_picture, number, *labels)


@pytest.fixture(scope="session")
def colour_model() -> TrainedConcepts:
    """A trained model as `save` takes it, around a network whose scores are how red, green and blue it is."""
    nodes = [
        helper.make_node("Cast", ["pictures"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["floats"], ["means"], axes=[1, 2], keepdims=0),
        helper.make_node("Div", ["means", "white"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "colours",
        [helper.make_tensor_value_info("pictures", TensorProto.UINT8, [1, "height", "width", 3])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 3])],
        [numpy_helper.from_array(np.asarray(255, np.float32), "white")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    report = ConceptReport(
        pictures=9,
        pictures_without_labels=1,
        split="scene",
        views=2,
        seconds=1.5,
        seed=7,
        final_loss=0.5,
        mean_average_precision=1.0,
        f1=1.0,
        accuracy=None,
        confusion=None,
        labels=(),
        warnings=("made by hand",),
    )
    operating = {"Red": 0.25, "Green": 0.5, "Blue": 0.5}
    labels = tuple(ModelLabel(name=name, operating_score=score) for name, score in operating.items())
    return TrainedConcepts(
        bytes(model.SerializeToString()),
        ConceptDescription(kind="multi-label", side=64, labels=labels, report=report),
    )
