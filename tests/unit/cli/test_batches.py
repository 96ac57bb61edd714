"""What is uploaded for a training, under which names, and when two batches are the same."""

import json
from pathlib import Path

import pytest

from brandlens.cli.batches import Batch, plan_batch
from brandlens.errors import InvalidInput, InvalidKey


def put(path: Path, body: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def plan(*paths: Path, annotations: Path | None = None, labels: tuple[str, ...] = ("Acme",)) -> Batch:
    return plan_batch(list(paths), annotations, project="cup", labels=labels, label_type="object")


def names(batch: Batch) -> list[str]:
    return sorted(batch.files)


def asked(batch: Batch) -> object:
    return json.loads(batch.request)["annotations"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "footage"
    put(made / "day 1" / "clip.mp4", b"first")
    put(made / "day 2" / "clip.mp4", b"second")
    put(made / ".DS_Store")
    return made


def test_a_folders_files_keep_their_path_below_it(folder: Path) -> None:
    batch = plan(folder)
    assert names(batch) == ["day 1/clip.mp4", "day 2/clip.mp4"]
    assert batch.request_key == f"{batch.prefix}job.json"
    assert batch.prefix.startswith("inbox/cup/train/")
    assert batch.prefix.count("/") == 4, "job.json lies one level below train/"


def test_several_paths_keep_their_own_names(folder: Path, tmp_path: Path) -> None:
    still = put(tmp_path / "still ü.jpg")
    assert names(plan(folder, still)) == ["footage/day 1/clip.mp4", "footage/day 2/clip.mp4", "still ü.jpg"]


def test_the_request_names_the_labels_and_no_annotations_where_people_are_asked(folder: Path) -> None:
    request = json.loads(plan(folder, labels=("Acme", "Bolt")).request)
    assert request == {"labels": ["Acme", "Bolt"], "type": "object", "annotations": None}


def test_annotations_in_the_folder_are_named_as_they_lie_there(folder: Path) -> None:
    inside = put(folder / "labels" / "coco.json")
    batch = plan(folder, annotations=inside)
    assert asked(batch) == "labels/coco.json"
    assert names(batch) == ["day 1/clip.mp4", "day 2/clip.mp4", "labels/coco.json"]


def test_annotations_elsewhere_are_uploaded_beside_the_files(folder: Path, tmp_path: Path) -> None:
    batch = plan(folder, annotations=put(tmp_path / "coco.json"))
    assert (asked(batch), "coco.json" in batch.files) == ("coco.json", True)


@pytest.mark.parametrize("inside", [True, False])
def test_annotations_may_be_a_folder(folder: Path, tmp_path: Path, inside: bool) -> None:
    voc = (folder if inside else tmp_path) / "voc"
    put(voc / "clip.xml")
    batch = plan(folder, annotations=voc)
    assert (asked(batch), "voc/clip.xml" in batch.files) == ("voc", True)


@pytest.mark.parametrize("part", ["", "images"])
def test_a_folder_that_holds_pictures_and_annotations_keeps_all_in_its_place_once(
    tmp_path: Path, part: str
) -> None:
    folder = tmp_path / "league"
    for name in ("images/a.jpg", "labels/a.txt", "data.yaml"):
        put(folder / name)
    batch = plan(folder / part, annotations=folder)
    assert asked(batch) == batch.annotations == "league"
    assert names(batch) == ["league/data.yaml", "league/images/a.jpg", "league/labels/a.txt"]


def test_of_annotations_elsewhere_the_pictures_beside_them_are_not_uploaded_too(
    folder: Path, tmp_path: Path
) -> None:
    voc = tmp_path / "voc"
    put(voc / "still.xml")
    put(voc / "still.jpg")
    assert names(plan(folder, annotations=voc)) == ["day 1/clip.mp4", "day 2/clip.mp4", "voc/still.xml"]


def test_the_same_files_and_request_are_the_same_batch_wherever_they_lie(
    folder: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "elsewhere"
    for name, file in plan(folder).files.items():
        put(copied / name, file.read_bytes())
    assert plan(copied).prefix == plan(folder).prefix


def test_another_content_name_label_or_annotation_is_another_batch(folder: Path, tmp_path: Path) -> None:
    seen = [plan(folder).prefix, plan(folder, labels=("Bolt",)).prefix]
    seen.append(plan(folder, annotations=put(tmp_path / "coco.json")).prefix)
    put(folder / "day 1" / "clip.mp4", b"third")
    seen.append(plan(folder).prefix)
    (folder / "day 1").rename(folder / "day 3")
    seen.append(plan(folder).prefix)
    assert len(set(seen)) == len(seen)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"both would be clip\.mp4 in the batch"):
        plan(put(tmp_path / "a" / "clip.mp4"), put(tmp_path / "b" / "clip.mp4"))


@pytest.mark.parametrize("name", ["job.json", "day 1/Job.JSON"])
def test_a_file_that_would_begin_the_training_too_early_is_refused(folder: Path, name: str) -> None:
    put(folder / name)
    with pytest.raises(InvalidInput, match=r"a file called job.json begins a training"):
        plan(folder)


def test_what_is_not_there_is_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be learned from: there is no such file or folder"):
        plan(tmp_path / "nowhere")
    with pytest.raises(InvalidInput, match="cannot be read as annotations: there is no such file or folder"):
        plan(folder, annotations=tmp_path / "nowhere.json")


def test_a_name_too_long_for_s3_is_refused_before_anything_is_uploaded(tmp_path: Path) -> None:
    put(tmp_path / "deep" / Path(*["ü" * 100] * 5) / "clip.mp4")
    with pytest.raises(InvalidKey, match="bytes of UTF-8"):
        plan(tmp_path / "deep")
