"""`brandlens labels` from files to files."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image
from typer.testing import CliRunner

from brandlens.cli.label_files import FolderFiles, FolderSizes
from brandlens.cli.labels import known_labels
from brandlens.cli.main import app
from brandlens.errors import AlreadyExists, InvalidInput, InvalidLabels, UnknownProject
from brandlens.labels.reading import read_annotations
from brandlens.labels.sizes import Size
from tests.fakes.projects import FakeProject, FakeProjects

COCO = {
    "images": [
        {"id": 1, "file_name": "match one/1.jpg", "width": 200, "height": 100},
        {"id": 2, "file_name": "2.png", "width": 64, "height": 128},
    ],
    "annotations": [{"id": 10, "image_id": 1, "category_id": 5, "bbox": [20, 10, 100, 50]}],
    "categories": [{"id": 5, "name": "Acme"}, {"id": 6, "name": "Never drawn"}],
}
CONCEPT = {
    "source-ref": "s3://old-bucket/2.png",
    "all": [0, 1],
    "all-metadata": {
        "class-map": {"0": "Acme", "1": "Bolt"},
        "type": "groundtruth/image-classification-multilabel",
    },
}


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    (folder / "match one").mkdir(parents=True)
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (100, 200)).save(folder / "match one" / "1.jpg", exif=turned)
    Image.new("RGB", (64, 128)).save(folder / "2.png")
    (folder / "notes.txt").write_text("none")
    return folder


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    file = tmp_path / "coco.json"
    file.write_text(json.dumps(COCO))
    return file


def labels(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["labels", *map(str, arguments)])


def export(annotations: Path, pictures: Path, out: Path, fmt: str, *more: str) -> Result:
    return labels("export", annotations, "--pictures", pictures, "--out", out, "--format", fmt, *more)


PLACE = ("--pictures-at", "s3://media/new")
FORMATS = [
    ("coco", "annotations.json"),
    ("yolo", "data.yaml"),
    ("voc", "."),
    ("manifest", "annotations.manifest"),
    ("video-manifest", "output.manifest"),
]


@pytest.mark.parametrize(("fmt", "entry"), FORMATS)
def test_labels_exported_in_any_format_are_imported_again(
    fmt: str, entry: str, annotations: Path, pictures: Path, tmp_path: Path
) -> None:
    exported = export(annotations, pictures, pictures, fmt, *PLACE)
    imported = labels(
        "import", pictures / entry, "--pictures", pictures, "--out", tmp_path / "back" / "a.json"
    )

    assert (exported.exit_code, imported.exit_code) == (0, 0), (exported.output, imported.output)
    assert exported.stdout.split() == ["Label", "Pictures", "Boxes", "Acme", "1", "1"]
    assert "2 pictures, 1 of them without labels, are written to" in exported.stderr
    assert ("whole pixels" in exported.stderr) == ("manifest" in fmt)
    back = json.loads((tmp_path / "back" / "a.json").read_text())
    assert {image["file_name"] for image in back["images"]} == {"match one/1.jpg", "2.png"}
    assert [annotation["bbox"] for annotation in back["annotations"]] == [[20, 10, 100, 50]]
    assert [category["name"] for category in back["categories"]] == ["Acme"]


def test_labels_of_whole_pictures_become_what_custom_labels_takes(pictures: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "output.manifest"
    manifest.write_text(json.dumps(CONCEPT))

    exported = export(manifest, pictures, tmp_path / "new", "manifest", *PLACE)

    assert exported.exit_code == 0, exported.output
    line = json.loads((tmp_path / "new" / "annotations.manifest").read_text())
    assert line["source-ref"] == "s3://media/new/2.png"
    assert [line[f"label-{number}-metadata"]["class-name"] for number in (0, 1)] == ["Acme", "Bolt"]


@pytest.mark.parametrize("fmt", ["coco", "yolo", "voc"])
def test_labels_of_whole_pictures_are_not_written_as_boxes(fmt: str, pictures: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "output.manifest"
    manifest.write_text(json.dumps(CONCEPT))

    exported = export(manifest, pictures, tmp_path / "new", fmt)
    imported = labels("import", manifest, "--pictures", pictures, "--out", tmp_path / "a.json")

    assert isinstance(exported.exception, InvalidInput)
    assert "whole pictures are labeled" in str(exported.exception)
    assert isinstance(imported.exception, InvalidInput)
    assert "it labels whole pictures" in str(imported.exception)


def test_a_manifest_needs_to_know_where_the_pictures_are(
    annotations: Path, pictures: Path, tmp_path: Path
) -> None:
    for more in ((), ("--pictures-at", "media/new")):
        refused = export(annotations, pictures, tmp_path / "new", "manifest", *more)

        assert isinstance(refused.exception, InvalidInput)
        assert "--pictures-at with the s3:// URI" in str(refused.exception)


@pytest.mark.parametrize("label", ["Ac/me", "None of these"])
def test_labels_that_no_project_may_have_are_not_imported(label: str, pictures: Path, tmp_path: Path) -> None:
    file = tmp_path / "coco.json"
    file.write_text(json.dumps(COCO | {"categories": [{"id": 5, "name": label}]}))

    refused = labels("import", file, "--pictures", pictures, "--out", tmp_path / "a.json")

    assert isinstance(refused.exception, InvalidInput)
    assert f"cannot be labeled '{label}'" in str(refused.exception)
    assert not (tmp_path / "a.json").exists()


def test_nothing_is_written_over(annotations: Path, pictures: Path, tmp_path: Path) -> None:
    (pictures / "2.xml").write_text("mine")

    refused = export(annotations, pictures, pictures, "voc")

    assert isinstance(refused.exception, AlreadyExists)
    assert (pictures / "2.xml").read_text() == "mine"
    assert not (pictures / "match one" / "1.xml").exists()


def test_what_is_not_there_is_refused(annotations: Path, pictures: Path, tmp_path: Path) -> None:
    no_annotations = export(tmp_path / "gone.json", pictures, tmp_path / "new", "coco")
    no_pictures = export(annotations, tmp_path / "gone", tmp_path / "new", "coco")

    assert isinstance(no_annotations.exception, InvalidInput)
    assert "gone.json cannot be read" in str(no_annotations.exception)
    assert isinstance(no_pictures.exception, InvalidInput)
    assert "it is not a folder" in str(no_pictures.exception)


@dataclass
class FakeCloud:
    projects: FakeProjects


def test_the_labels_of_a_project_are_those_it_was_made_with() -> None:
    cloud = FakeCloud(FakeProjects(FakeProject("cup", labels=("Acme", "Bolt"))))

    assert known_labels(cloud, "cup") == ("Acme", "Bolt")
    with pytest.raises(UnknownProject, match="Project mug is not known"):
        known_labels(cloud, "mug")


def test_a_folders_pictures_are_measured_as_they_are_shown_and_its_files_read_when_asked_for(
    pictures: Path,
) -> None:
    (pictures / "broken.JPG").write_bytes(b"no picture")
    sizes, files = FolderSizes(pictures), FolderFiles(pictures)

    assert set(sizes) == {"match one/1.jpg", "2.png", "broken.JPG"}
    assert len(files) == len(sizes) + 1
    assert sizes["match one/1.jpg"] == Size(200, 100)
    assert files["notes.txt"] == b"none"
    assert files.get("gone.txt") is None
    assert sizes.get("notes.txt") is None
    with pytest.raises(InvalidLabels, match=r"broken\.JPG cannot be learned from"):
        sizes["broken.JPG"]
    with pytest.raises(InvalidLabels, match="it is not there"):
        read_annotations("gone.txt", files, labels=None, sizes=sizes)
