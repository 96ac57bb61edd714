"""A training is followed step by step, however long people take."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from brandlens.cli import follow_training as following
from brandlens.cli.follow_training import follow_training
from brandlens.jobs import JobRecord, JobState, Source
from brandlens.labeling.progress import Labeled
from brandlens.ports import JobStore
from tests.jobs import NOW

Told = tuple[str, float, float | None]


def record(state: JobState = JobState.RUNNING, **fields: Any) -> JobRecord:
    return JobRecord(
        job_id="j",
        project="cup",
        kind="training",
        state=state,
        source=Source(bucket="media", key="inbox/cup/train/b/job.json", version="1"),
        created_at=NOW,
        updated_at=NOW,
        **fields,
    )


class Scripted:
    """A jobs table that shows a job's states in turn."""

    def __init__(self, *records: JobRecord | None) -> None:
        self._records: Iterator[JobRecord | None] = iter(records)

    def get(self, _job_id: str) -> JobRecord | None:
        return next(self._records)


def follow(
    *records: JobRecord | None, labeled: list[Labeled | None] | None = None
) -> tuple[JobRecord, list[Told], int]:
    told: list[Told] = []
    asked: list[str] = []
    counts = iter(labeled or [])
    ended = follow_training(
        cast("JobStore", Scripted(*records)),
        "j",
        lambda *news: told.append(news),
        labeled=lambda: next(counts),
        on_labeling=lambda: asked.append("page"),
        sleep=lambda _: None,
    )
    return ended, told, len(asked)


def test_it_waits_for_a_batch_that_is_not_taken_in_yet_and_tells_each_step() -> None:
    ended, told, asked = follow(
        None,
        record(JobState.RECEIVED),
        record(step="prepare", done=1, total=4),
        record(step="prepare", done=3, total=4),
        record(step="train model", done=10, total=100),
        record(JobState.SUCCEEDED, step="train model", done=98, total=100),
    )
    assert ended.state is JobState.SUCCEEDED
    assert told == [
        ("Preparing media (files)", 1, 4),
        ("Preparing media (files)", 3, 4),
        ("Preparing media (files)", 4, 4),
        ("Training (percent)", 10, 100),
        ("Training (percent)", 98, 100),
        ("Training (percent)", 100, 100),
    ]
    assert asked == 0


def test_people_are_pointed_to_once_and_what_they_labeled_is_counted() -> None:
    labeling = record(step="label")
    _, told, asked = follow(
        labeling,
        labeling,
        labeling,
        record(JobState.SUCCEEDED, step="collect"),
        labeled=[None, Labeled(0, 12), Labeled(5, 12)],
    )
    assert asked == 1
    assert told[:4] == [
        ("Labeling (pictures, a video as one)", 0, None),
        ("Labeling (pictures, a video as one)", 0, 12),
        ("Labeling (pictures, a video as one)", 5, 12),
        ("Labeling (pictures, a video as one)", 12, 12),
    ]


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.REJECTED, JobState.CANCELED])
def test_a_step_that_failed_is_not_shown_as_done(state: JobState) -> None:
    ended, told, _ = follow(
        record(step="prepare", done=1, total=4), record(state, step="prepare", done=1, total=4)
    )
    assert ended.state is state
    assert ("Preparing media (files)", 4, 4) not in told


def test_every_step_of_the_functions_has_a_title() -> None:
    folders = (
        "list_batch",
        "prepare_dataset",
        "request_labeling",
        "collect_annotations",
        "create_model_version",
    )
    steps = {following.LABELING}
    for folder in folders:
        text = (Path(__file__).parents[3] / "functions" / folder / "handler.py").read_text()
        steps |= set(re.findall(r'enter_step\(job.job_id, "([^"]+)"', text))
        steps |= set(re.findall(r'^STEP = "([^"]+)"', text, re.MULTILINE))
    assert steps == following._TITLES.keys()
