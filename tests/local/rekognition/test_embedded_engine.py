from itertools import pairwise
from pathlib import Path

import pytest

from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.inference import EmbeddedDetector
from local.services.rekognition.embedded import EmbeddedEngine
from tests.local.rekognition import teaching


@pytest.mark.slow
def test_the_embedded_detector_is_trained_in_its_budget_and_saved_whole(tmp_path: Path) -> None:
    images = []
    for number, drawn in enumerate(teaching.patches(8)):
        path = tmp_path / f"{number}.png"
        path.write_bytes(teaching.picture(*drawn))
        picture = teaching.labeled(path.name, *drawn, scene=str(number % 4))
        boxes = tuple((one.label, one.box) for one in picture.boxes)
        images.append(LabeledImage(path, picture.width, picture.height, boxes, picture.scene))
    told: list[float] = []

    EmbeddedEngine().train(
        images, ["Blue", "Red"], budget_seconds=4, directory=tmp_path / "model", progress=told.append
    )
    detector = EmbeddedEngine().load(tmp_path / "model")

    assert isinstance(detector, EmbeddedDetector)
    assert detector.labels == ("Blue", "Red")
    assert all(0 <= earlier <= later <= 1 for earlier, later in pairwise(told))
    assert told
    found = detector.detect(images[0].read(), min_confidence=0)
    assert all(one.label in {"Blue", "Red"} for one in found)


@pytest.mark.slow
def test_concepts_are_trained_and_saved_and_told_without_boxes(tmp_path: Path) -> None:
    images = []
    for number in range(8):
        path = tmp_path / f"{number}.png"
        path.write_bytes(teaching.picture(size=(96, 96), grey=20 if number % 2 else 220))
        images.append(ConceptImage(path, ("Dark" if number % 2 else "Light",), str(number)))
    told: list[float] = []

    EmbeddedEngine().train_concepts(
        images,
        ["Dark", "Light"],
        kind="multi-class",
        budget_seconds=3,
        directory=tmp_path / "model",
        progress=told.append,
    )
    detector = EmbeddedEngine().load(tmp_path / "model")

    assert told
    found = [detector.detect(image.read(), min_confidence=0) for image in images]
    assert [best.label for best, *_ in found] == ["Light", "Dark"] * 4
    assert {one.box for finds in found for one in finds} == {None}
