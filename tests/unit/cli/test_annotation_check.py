"""Annotations are read before anything is uploaded."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from brandlens.cli.annotation_check import check_annotations
from brandlens.cli.batches import plan_batch
from brandlens.errors import InvalidLabels

VOC = """<annotation><filename>a.png</filename><size><width>64</width><height>48</height></size>
<object><name>{label}</name>
<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>20</xmax><ymax>20</ymax></bndbox></object></annotation>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "league"
    made.mkdir()
    Image.new("RGB", (64, 48)).save(made / "a.png")
    (made / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    return made


def check(folder: Path, annotations: Path | None, **asked: Any) -> None:
    labels = asked.setdefault("labels", ["Acme"])
    label_type = asked.setdefault("label_type", "object")
    batch = plan_batch([folder], annotations, project="cup", labels=labels, label_type=label_type)
    check_annotations(batch, labels, label_type)


def test_annotations_that_fit_pass_whatever_else_lies_there(folder: Path) -> None:
    (folder / "a.xml").write_text(VOC.format(label="Acme"))
    (folder / "torn.jpg").write_bytes(b"\xff\xd8\xff")
    check(folder, folder)
    check(folder, None)


def test_a_label_that_the_project_does_not_know_is_refused(folder: Path) -> None:
    (folder / "a.xml").write_text(VOC.format(label="Bolt"))
    with pytest.raises(InvalidLabels, match="labeled Bolt, and the project knows Acme") as refused:
        check(folder, folder)
    assert "clip.mp4" not in str(refused.value)


def test_labels_of_whole_pictures_are_checked_as_such(folder: Path, tmp_path: Path) -> None:
    line = {
        "source-ref": "s3://elsewhere/a.png",
        "x": 0,
        "x-metadata": {"class-name": "Bolt", "type": "groundtruth/image-classification"},
    }
    manifest = tmp_path / "output.manifest"
    manifest.write_text(json.dumps(line))
    check(folder, manifest, labels=["Bolt"], label_type="concept")
    with pytest.raises(InvalidLabels, match="labeled Bolt, and the project knows Acme"):
        check(folder, manifest, label_type="concept")


def test_a_picture_that_cannot_be_read_is_told_where_it_is_missed(folder: Path) -> None:
    (folder / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "a.xml").write_text(VOC.format(label="Acme"))
    with pytest.raises(InvalidLabels, match=r"a\.png is not there.*a\.png cannot be learned from"):
        check(folder, folder)
