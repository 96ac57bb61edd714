"""Made pictures with two plain, distinct logos, and a small network that was never taught."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from onnx import NodeProto, TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw

from brandlens.detect.artifact import Description, ModelLabel, Trained
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.report import TrainingReport
from brandlens.detect.training.quantize import to_int8
from brandlens.results import Box

WIDTH, HEIGHT = 320, 240
LABELS = ("Disc", "Bars")

Draw = Callable[..., LabeledImage]


def draw_picture(number: int, *, label: str | None) -> LabeledImage:
    """A flat-coloured picture with one logo of `label`, or none; `number` seeds it and names its scene."""
    chance = np.random.default_rng(number)
    picture = Image.new("RGB", (WIDTH, HEIGHT), tuple(chance.integers(60, 200, 3).tolist()))
    pen = ImageDraw.Draw(picture)
    side = int(chance.integers(60, 110))
    x, y = int(chance.integers(0, WIDTH - side)), int(chance.integers(0, HEIGHT - side))
    boxes: tuple[tuple[str, Box], ...] = ()
    if label == "Disc":
        pen.ellipse((x, y, x + side, y + side), fill="red")
        pen.ellipse((x + side * 0.3, y + side * 0.3, x + side * 0.7, y + side * 0.7), fill="white")
    if label == "Bars":
        pen.rectangle((x, y, x + side, y + side), fill="navy")
        pen.rectangle((x, y + side * 0.3, x + side, y + side * 0.5), fill="yellow")
    if label:
        box = Box(left=x / WIDTH, top=y / HEIGHT, width=side / WIDTH, height=side / HEIGHT)
        boxes = ((label, box),)
    data = encoded(picture)
    return LabeledImage(lambda: data, WIDTH, HEIGHT, boxes, scene=f"scene {number}")


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def draw() -> Draw:
    return draw_picture


@pytest.fixture(scope="session")
def encode_picture() -> Callable[..., bytes]:
    return encoded


@pytest.fixture(scope="session")
def pictures() -> list[LabeledImage]:
    """Ten of each logo and four without any."""
    kinds = ["Disc", "Bars"] * 10 + [None] * 4
    return [draw_picture(number, label=kind) for number, kind in enumerate(kinds)]


@pytest.fixture(scope="session")
def red_network() -> bytes:
    """A hand-made network that finds red: heat is how red a cell is, each side 12 pixels from its middle."""
    redness = np.stack([np.full((8, 8), sign) for sign in (1, -1, -1)])[None].astype(np.float32) / (64 * 255)
    weights = {
        "redness": redness,
        "nothing": np.zeros((4, 3, 8, 8), np.float32),
        "reach": np.full(4, 12, np.float32),
        "zero": np.zeros((), np.float32),
        "one": np.ones((), np.float32),
    }

    def node(kind: str, inputs: list[str], outputs: list[str], **settings: object) -> NodeProto:
        return helper.make_node(kind, inputs, outputs, name=outputs[0], **settings)

    nodes = [
        node("Cast", ["pictures"], ["floats"], to=TensorProto.FLOAT),
        node("Transpose", ["floats"], ["planes"], perm=[0, 3, 1, 2]),
        node("Conv", ["planes", "redness"], ["red"], strides=[8, 8]),
        node("Clip", ["red", "zero", "one"], ["heat"]),
        node("MaxPool", ["heat"], ["highest"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        node("Equal", ["heat", "highest"], ["is_peak"]),
        node("Where", ["is_peak", "heat", "zero"], ["peaks"]),
        node("Conv", ["planes", "nothing", "reach"], ["distances"], strides=[8, 8]),
    ]
    graph = helper.make_graph(
        nodes,
        "red",
        [helper.make_tensor_value_info("pictures", TensorProto.UINT8, [1, "height", "width", 3])],
        [
            helper.make_tensor_value_info("peaks", TensorProto.FLOAT, [1, 1, "rows", "columns"]),
            helper.make_tensor_value_info("distances", TensorProto.FLOAT, [1, 4, "rows", "columns"]),
        ],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


@pytest.fixture(scope="session")
def red_int8(red_network: bytes) -> bytes:
    """The network that finds red, in 8 bits."""
    reds = [np.full((32, 48, 3), (red, 0, 0), np.uint8) for red in (0, 128, 255)]
    return to_int8(red_network, [*reds, np.full((32, 48, 3), 255, np.uint8)], threads=1)


@pytest.fixture(scope="session")
def red_model(red_network: bytes) -> Trained:
    """A trained model as `save` takes it, around the network that finds red."""
    report = TrainingReport(
        learning_pictures=9,
        learning_negatives=1,
        validation_pictures=3,
        validation_negatives=0,
        split="scene",
        steps=10,
        seconds=1.5,
        seed=7,
        final_loss=0.5,
        mean_average_precision=1.0,
        f1=1.0,
        false_boxes_per_negative=None,
        labels=(),
        warnings=("made by hand",),
    )
    labels = (ModelLabel(name="Red", operating_score=0.25),)
    return Trained(red_network, Description(longest_side=1280, labels=labels, report=report))
