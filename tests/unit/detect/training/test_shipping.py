from dataclasses import replace

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper
from PIL import Image

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.split import Split
from brandlens.detect.training import shipping
from brandlens.detect.training.shipping import ship
from brandlens.detect.training.validation import Run
from brandlens.errors import CorruptMedia
from brandlens.results import Box

RUN = Run(steps=100, seconds=1.0, seed=1, final_loss=0.1)


@pytest.fixture
def parts(encode_picture):
    """Black pictures of 96 x 96 with one red cell where the hand-made network sees boxes of 24 pixels."""

    def picture(number):
        image = Image.new("RGB", (96, 96))
        left, top = 24 + 8 * (number % 5), 32
        image.paste((250, 0, 0), (left, top, left + 8, top + 8))
        data = encode_picture(image)
        box = Box(left=(left - 8) / 96, top=(top - 8) / 96, width=24 / 96, height=24 / 96)
        return LabeledImage(lambda: data, 96, 96, (("Red", box),), scene=f"{number}")

    images = tuple(picture(number) for number in range(10))
    return Split(images[:7], images[7:], "scene")


def test_a_network_as_good_in_8_bits_is_shipped_so(red_network, parts):
    shipped = ship(red_network, parts, ["Red"], RUN, small=True, second_looks=(), threads=1)
    assert shipped.network != red_network
    assert shipped.report.mean_average_precision == 1.0


@pytest.fixture
def coarse_in_8_bits(red_network):
    """The network that finds red, but beside values so large that 256 steps leave its heat naught."""
    model = onnx.load_from_string(red_network)
    nodes, weights = model.graph.node, model.graph.initializer
    (convolution,) = (node for node in nodes if node.output[0] == "red")
    (kernel,) = (weight for weight in weights if weight.name == "redness")
    redness = numpy_helper.to_array(kernel)
    kernel.CopyFrom(numpy_helper.from_array(np.concatenate([redness, 1e4 * redness]), "redness"))
    convolution.output[0] = "both"
    weights.append(numpy_helper.from_array(np.float32([1, 0]).reshape(1, 2, 1, 1), "first"))
    nodes.insert(
        list(nodes).index(convolution) + 1, helper.make_node("Conv", ["both", "first"], ["red"], name="pick")
    )
    return bytes(model.SerializeToString())


def test_a_network_that_8_bits_spoil_is_shipped_exact(coarse_in_8_bits, parts):
    shipped = ship(coarse_in_8_bits, parts, ["Red"], RUN, small=True, second_looks=(), threads=1)
    assert shipped.network == coarse_in_8_bits
    assert shipped.report.mean_average_precision == 1.0


def test_without_time_for_it_nothing_is_made_small(red_network, parts):
    assert (
        ship(red_network, parts, ["Red"], RUN, small=False, second_looks=(), threads=1).network == red_network
    )


@pytest.mark.parametrize("held_out", [True, False])
def test_a_picture_that_cannot_be_decoded_is_called_by_its_name(red_network, parts, tmp_path, held_out):
    (tmp_path / "torn.jpg").write_bytes(b"no picture")
    torn = LabeledImage(tmp_path / "torn.jpg", 96, 96, (), scene="torn")
    spoilt = replace(parts, **{"validation" if held_out else "learning": (*parts.validation, torn)})
    with pytest.raises(CorruptMedia, match=r"torn\.jpg"):
        ship(red_network, spoilt, ["Red"], RUN, small=True, second_looks=(), threads=1)


def test_the_pictures_measured_show_every_label(draw):
    images = [draw(number, label="Disc") for number in range(60)] + [draw(99, label="Bars")]
    measured = shipping._measured(images, ["Disc", "Bars"], seed=1)
    assert len({id(image) for image in measured}) == len(measured) == shipping.MEASURED_PICTURES
    assert any(label == "Bars" for image in measured for label, _ in image.boxes)
    assert np.mean([bool(image.boxes) for image in measured]) == 1
