import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from brandlens.cli.evaluation_pictures import boxed_images, group_of
from brandlens.detect.dataset import LabeledImage
from brandlens.errors import InvalidInput, InvalidLabels


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two folders, the first with a picture of its own and one in a folder, the second with one more."""
    for name in ("a/top.png", "a/clean/deep/in.png", "b/other.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (64, 64)).save(tmp_path / name)
    return [tmp_path / "a", tmp_path / "b"]


@pytest.fixture
def manifest(tmp_path: Path) -> Callable[..., Path]:
    """Write a manifest with an Acme in each of the pictures named."""

    def written(*uris: str) -> Path:
        boxes = {
            "image_size": [{"width": 64, "height": 64, "depth": 3}],
            "annotations": [{"class_id": 0, "left": 1, "top": 1, "width": 9, "height": 9}],
        }
        metadata = {"class-map": {"0": "Acme"}, "type": "groundtruth/object-detection"}
        lines = [json.dumps({"source-ref": uri, "boxes": boxes, "boxes-metadata": metadata}) for uri in uris]
        file = tmp_path / "test.manifest"
        # As Windows' editors save it.
        file.write_text("\ufeff\n" + "\n".join(lines))
        return file

    return written


def test_a_manifests_pictures_are_found_below_any_of_the_folders_by_their_keys_ends(
    folders: list[Path], manifest: Callable[..., Path]
) -> None:
    file = manifest("s3://media/x/clean/deep/in.png", "s3://media/other.png")
    images = boxed_images(folders, file, ["Acme"])
    assert [image.image for image in images] == [folders[0] / "clean/deep/in.png", folders[1] / "other.png"]
    assert [label for image in images for label, _ in image.boxes] == ["Acme", "Acme"]


def test_pictures_none_of_which_has_a_box_can_be_evaluated_for_false_ones(
    folders: list[Path], tmp_path: Path
) -> None:
    image = {"id": 1, "file_name": "other.png", "width": 64, "height": 64}
    file = tmp_path / "coco.json"
    file.write_text(json.dumps({"images": [image], "annotations": [], "categories": []}))
    (found,) = boxed_images([folders[1]], file, ["Acme"])
    assert (found.image, found.boxes) == (folders[1] / "other.png", ())


def test_a_manifests_picture_that_is_nowhere_is_named(
    folders: list[Path], manifest: Callable[..., Path]
) -> None:
    with pytest.raises(InvalidLabels, match=r"the picture s3://media/none.png is not there"):
        boxed_images(folders, manifest("s3://media/other.png", "s3://media/none.png"), ["Acme"])


def test_a_manifests_picture_that_two_folders_have_cannot_be_told_apart(
    folders: list[Path], manifest: Callable[..., Path]
) -> None:
    (folders[0] / "other.png").write_bytes((folders[1] / "other.png").read_bytes())
    with pytest.raises(InvalidInput, match=r"s3://media/other.png cannot be told apart"):
        boxed_images(folders, manifest("s3://media/other.png"), ["Acme"])


def test_two_pictures_of_a_manifest_that_are_found_as_one_file_are_refused(
    folders: list[Path], manifest: Callable[..., Path]
) -> None:
    with pytest.raises(InvalidLabels, match=r"b/other.png and s3://media/a/other.png are both found as"):
        boxed_images(folders, manifest("s3://media/a/other.png", "s3://media/b/other.png"), ["Acme"])


def test_a_manifests_label_that_the_model_does_not_know_is_named(
    folders: list[Path], manifest: Callable[..., Path]
) -> None:
    with pytest.raises(InvalidLabels, match=r"other.png is labeled Acme, and the model knows Bolt"):
        boxed_images(folders, manifest("s3://media/other.png"), ["Bolt"])


@pytest.mark.parametrize(
    ("name", "group"), [("a/top.png", "a"), ("a/clean/deep/in.png", "clean"), ("b/other.png", "b")]
)
def test_a_picture_is_of_the_first_folder_below_the_one_named_or_of_that_one(
    folders: list[Path], name: str, group: str
) -> None:
    image = LabeledImage(folders[0].parent / name, 64, 64, (), scene="s")
    assert group_of(image, folders) == group


def test_the_folder_one_is_in_has_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "clean").mkdir()
    monkeypatch.chdir(tmp_path / "clean")
    assert group_of(LabeledImage(Path("a.png"), 64, 64, (), scene="s"), [Path()]) == "clean"
