import json
from typing import Any

import pytest

from brandlens.errors import InvalidTrainingRequest
from brandlens.training.files import picture_file
from brandlens.training.labeling_inputs import MAX_LINES, LabelingInput, labeling_inputs
from brandlens.training.pictures import DatasetPicture

PREFIX = "cup/training/job/"


def frame(part: int, index: int) -> DatasetPicture:
    return picture(part, index, seconds=index / 2)


def picture(part: int, index: int = 0, *, seconds: float | None = None) -> DatasetPicture:
    return DatasetPicture(
        name=picture_file(f"{part:06d}", index),
        source_key=f"inbox/cup/train/spring/{part}",
        seconds=seconds,
        width=640,
        height=480,
        scene=str(part),
    )


def lines(given: LabelingInput) -> list[Any]:
    return [json.loads(line) for line in given.files[given.task.manifest].splitlines()]


MIXED = [frame(0, 0), frame(0, 4), picture(1), frame(2, 7), picture(3)]


def test_videos_and_stills_are_labeled_in_a_task_each() -> None:
    video, image = labeling_inputs(MIXED, "object", bucket="media", prefix=PREFIX)
    assert video.task.model_dump() == {
        "kind": "video", "manifest": "cup/training/job/labeling/video.manifest", "items": 2, "frames": 3
    }  # fmt: skip
    assert image.task.model_dump() == {
        "kind": "image", "manifest": "cup/training/job/labeling/image.manifest", "items": 2, "frames": 2
    }  # fmt: skip


def test_a_line_of_a_video_task_leads_to_the_sequence_of_its_frames() -> None:
    video, _ = labeling_inputs(MIXED, "object", bucket="media", prefix=PREFIX)
    root = "s3://media/cup/training/job/"
    references = [line["source-ref"] for line in lines(video)]
    assert references == [f"{root}labeling/video/000000.json", f"{root}labeling/video/000002.json"]
    assert json.loads(video.files["cup/training/job/labeling/video/000000.json"]) == {
        "seq-no": 1,
        "prefix": f"{root}pictures/000000/",
        "number-of-frames": 2,
        "frames": [
            {"frame-no": 1, "unix-timestamp": 0.0, "frame": "00000000.jpg"},
            {"frame-no": 2, "unix-timestamp": 2.0, "frame": "00000004.jpg"},
        ],
    }


def test_every_picture_of_a_concept_is_a_line_wherever_it_comes_from() -> None:
    (task,) = labeling_inputs(MIXED, "concept", bucket="media", prefix=PREFIX)
    assert (task.task.kind, task.task.items, task.task.frames) == ("concept", 5, 5)
    assert [line["source-ref"] for line in lines(task)] == [
        f"s3://media/cup/training/job/pictures/{one.name}" for one in MIXED
    ]


@pytest.mark.parametrize(("pictures", "kind"), [([frame(0, 0)], "video"), ([picture(0)], "image")])
def test_there_is_no_task_without_items(pictures: list[DatasetPicture], kind: str) -> None:
    (only,) = labeling_inputs(pictures, "object", bucket="media", prefix=PREFIX)
    assert only.task.kind == kind


def test_more_pictures_than_a_labeling_job_takes_are_refused() -> None:
    with pytest.raises(InvalidTrainingRequest, match="100,001 pictures would have to be labeled"):
        labeling_inputs([picture(1)] * (MAX_LINES + 1), "object", bucket="media", prefix=PREFIX)
