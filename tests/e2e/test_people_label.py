"""A batch that nobody has labeled: people are asked, one of them answers, and the training goes on."""

import json
import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from brandlens.jobs import JobRecord, job_id_for
from brandlens.labels.manifest import read_manifest
from brandlens.training.report import DataReport
from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.system import System, eventually
from tests.local.sagemaker.requests import Labeling, box

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

PROJECT = "raw"
FOLDER = f"inbox/{PROJECT}/train/first/"
PICTURES = 10
PATIENCE_SECONDS = 90.0
"""Every picture of a batch is looked at in an execution of its own."""


@pytest.fixture(scope="module")
def system(cloud: LocalCloud) -> System:
    return System(cloud)


@pytest.fixture(scope="module")
def labeling(cloud: LocalCloud, system: System) -> Labeling:
    sagemaker: Any = boto3.client(
        "sagemaker",
        endpoint_url=cloud.sagemaker_endpoint,
        region_name=cloud.region,
        aws_access_key_id=cloud.access_key_id,
        aws_secret_access_key=cloud.secret_access_key,
    )
    return Labeling(cloud.sagemaker_endpoint, sagemaker, system.aws("s3"))


@pytest.fixture(scope="module")
def job_id(system: System) -> Iterator[str]:
    """Drop pictures without labels; return the training's job."""
    created = system.cli("project", "create", PROJECT, "--labels", ",".join(brands.LABELS))
    assert created.returncode == 0, created.stderr
    for number in range(PICTURES):
        shown = brands.picture(number, [(brands.LABELS[number % 2], (60 + 30 * number, 40, 120, 120))])
        system.put(f"{FOLDER}{number}.jpg", brands.encoded(shown, "JPEG", quality=90))
    request = {"labels": brands.LABELS, "type": "object"}
    job_id = job_id_for(system.put(f"{FOLDER}job.json", json.dumps(request).encode()))
    yield job_id
    record = system.jobs.get(job_id)
    if record is not None and not record.state.is_terminal and record.execution_arn:
        system.analysis.cancel(record.execution_arn, reason="the test is over")
        eventually(lambda: _ended(system, job_id), lambda: f"{job_id} has not ended")


def test_people_are_asked_and_what_they_answer_becomes_the_dataset(
    system: System, labeling: Labeling, job_id: str
) -> None:
    name = f"brandlens-local-{job_id[:20]}-image"
    _wait(system, job_id, until="label")
    eventually(lambda: _requested(system, job_id), lambda: "nobody was asked")
    labeling.when(name, lambda told: told["LabelingJobStatus"] == "InProgress")
    shown = system.cli("jobs", "show", job_id)
    assert f"People have labeled 0 of {PICTURES} items, at http://" in shown.stderr
    for place in range(PICTURES):
        status, told = labeling.answer(name, place, boxes=[box(place % 2, 10, 20, 120, 120)])
        assert status == 200, told
    labeling.hand_in(name)

    prefix = f"s3://{system.outputs.media_bucket}/{PROJECT}/training/{job_id}/"
    _wait(system, job_id, until="train model")

    report = DataReport.model_validate_json(labeling.read(f"{prefix}report.json"))
    assert (report.labeled_by, report.boxes) == ("people", PICTURES)
    assert report.train_pictures + report.test_pictures == PICTURES
    assert [label.boxes for label in report.labels] == [PICTURES // 2, PICTURES // 2]
    drawn = read_manifest(labeling.read(f"{prefix}train.manifest").decode(), file="train.manifest")
    assert all(len(one.boxes) == 1 for one in drawn)
    told_of = [event["detail-type"] for event in system.events(job_id)]
    assert told_of[:3] == ["Training Started", "Labeling Requested", "Labeling Completed"]
    assert system.aws("dynamodb").scan(TableName="brandlens-local-tasks")["Items"] == []


def _wait(system: System, job_id: str, *, until: str) -> None:
    """Wait until the job is at a step."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (record := system.jobs.get(job_id)) is None or record.step != until:
        assert record is None or not record.state.is_terminal, record.error
        assert time.monotonic() < deadline, record
        time.sleep(0.1)


def _requested(system: System, job_id: str) -> bool | None:
    return "Labeling Requested" in [event["detail-type"] for event in system.events(job_id)] or None


def _ended(system: System, job_id: str) -> JobRecord | None:
    record = system.jobs.get(job_id)
    return record if record is not None and record.state.is_terminal else None
