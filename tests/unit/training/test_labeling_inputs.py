import json
from collections.abc import Sequence
from typing import Any

import pytest

from brandlens.errors import InvalidTrainingRequest
from brandlens.training.files import picture_file
from brandlens.training.labeling_inputs import LabelingInput, labeling_inputs
from brandlens.training.labeling_limits import LIMITS
from brandlens.training.pictures import DatasetPicture
from brandlens.training.request import TrainingRequest

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
        sha256="0" * 64,
    )


def asked(pictures: Sequence[DatasetPicture], *, labels: int = 1, **changes: Any) -> list[LabelingInput]:
    names = tuple(f"Brand {number}" for number in range(labels))
    request = TrainingRequest.model_validate({"labels": names, "type": "object", "prefix": "in/"} | changes)
    return labeling_inputs(pictures, request, bucket="media", prefix=PREFIX)


def lines(given: LabelingInput) -> list[Any]:
    return [json.loads(line) for line in given.files[given.task.manifest].splitlines()]


MIXED = [frame(0, 0), frame(0, 4), picture(1), frame(2, 7), picture(3)]


def test_videos_and_stills_are_labeled_in_a_task_each() -> None:
    video, image = asked(MIXED)
    assert video.task.model_dump() == {
        "kind": "video", "manifest": "cup/training/job/labeling/video.manifest", "items": 2, "frames": 3
    }  # fmt: skip
    assert image.task.model_dump() == {
        "kind": "image", "manifest": "cup/training/job/labeling/image.manifest", "items": 2, "frames": 2
    }  # fmt: skip


def test_a_line_of_a_video_task_leads_to_the_sequence_of_its_frames() -> None:
    video, _ = asked(MIXED)
    root = "s3://media/cup/training/job/"
    references = [line["source-ref"] for line in lines(video)]
    assert references == [f"{root}labeling/video/000000.json", f"{root}labeling/video/000002.json"]
    assert [line["brandlens-title"] for line in lines(video)] == ["0", "2"]
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
    (task,) = asked(MIXED, type="concept")
    assert (task.task.kind, task.task.items, task.task.frames) == ("concept", 5, 5)
    assert [line["source-ref"] for line in lines(task)] == [
        f"s3://media/cup/training/job/pictures/{one.name}" for one in MIXED
    ]
    assert [line["brandlens-title"] for line in lines(task)] == [
        "0 at 0.0 s",
        "0 at 2.0 s",
        "1",
        "2 at 3.5 s",
        "3",
    ]


@pytest.mark.parametrize(("pictures", "kind"), [([frame(0, 0)], "video"), ([picture(0)], "image")])
def test_there_is_no_task_without_items(pictures: list[DatasetPicture], kind: str) -> None:
    (only,) = asked(pictures)
    assert only.task.kind == kind


def test_what_one_labeling_job_just_takes_is_asked_for() -> None:
    most = LIMITS["video"]
    videos = [frame(part, 0) for part in range(most.items)]
    assert asked(videos, labels=30)[0].task.items == most.items
    assert asked([picture(1)], labels=50)[0].task.kind == "image"
    assert asked([picture(1)], labels=250, type="concept")[0].task.kind == "concept"


@pytest.mark.parametrize(
    ("pictures", "labels", "why"),
    [
        (
            [picture(1)] * 100_001,
            1,
            "100,001 pictures would have to be labeled, and a labeling job of Ground",
        ),
        (
            [frame(part, 0) for part in range(11)],
            1,
            "11 videos would have to be labeled, and a labeling job",
        ),
        (
            [frame(4, n) for n in range(2001)],
            1,
            "'4' gives 2,001 frames, and Ground Tr",
        ),
        ([frame(1, 0)], 31, "it names 31 labels, and Ground Truth takes 30 where people box logos in videos"),
        (
            [picture(1)],
            51,
            "it names 51 labels, and Ground Truth takes 50 where people box logos in pictures",
        ),
    ],
)
def test_more_than_one_labeling_job_takes_is_refused_with_the_rule(
    pictures: list[DatasetPicture], labels: int, why: str
) -> None:
    with pytest.raises(InvalidTrainingRequest) as refused:
        asked(pictures, labels=labels)
    assert why in str(refused.value)
    assert refused.value.remedy
