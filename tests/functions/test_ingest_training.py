"""What `ingest` makes of a batch's `job.json`."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from brandlens.events import TrainingFailed, TrainingStarted
from brandlens.jobs import JobState, Source, job_id_for
from functions.ingest.training import AcceptedTraining
from tests.fakes.projects import FakeProject, FakeProjects
from tests.functions.drops import Cloud, about

KEY = "inbox/cup/train/spring 1+2/job.json"
GOOD: dict[str, Any] = {"labels": ["Acme"], "type": "object"}


@pytest.fixture
def cloud() -> Cloud:
    return Cloud(
        projects=FakeProjects(
            FakeProject("cup", labels=("Acme", "Zenith")),
            FakeProject("moods", labels=("Acme",), label_type="concept"),
            FakeProject("quick", labels=("Acme",), detector="embedded"),
        )
    )


@pytest.fixture
def created(event: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    return event("object_created")


def test_a_request_starts_a_training_named_as_its_job(cloud: Cloud, created: dict[str, Any]) -> None:
    decision = cloud.drop(KEY, json.dumps(GOOD | {"annotations": "a.json"}).encode(), created)
    source = Source(bucket="media", key=KEY, version=created["detail"]["object"]["version-id"])
    assert (decision.decision, decision.job_id) == ("started", job_id_for(source))
    ((name, payload),) = cloud.training.executions.items()
    assert name == decision.job_id
    assert not cloud.workflow.executions
    accepted = AcceptedTraining.model_validate(payload)
    assert accepted.job.source == source
    assert accepted.request.prefix == "inbox/cup/train/spring 1+2/"
    assert cloud.only_job.kind == "training"
    (started,) = cloud.bus.events
    assert isinstance(started, TrainingStarted)
    assert (started.labels, started.type, started.annotated) == (("Acme",), "object", True)


@pytest.mark.parametrize(
    ("key", "body", "code", "why"),
    [
        (KEY, b"", "InvalidTrainingRequest", "it is not JSON"),
        (KEY, b"not JSON", "InvalidTrainingRequest", "it is not JSON"),
        (KEY, json.dumps(GOOD | {"key": []}).encode(), "InvalidTrainingRequest", "'key' means nothing here"),
        (KEY, b" " * 1_000_001, "InvalidTrainingRequest", "it has more than 1,000,000 bytes"),
        (
            KEY,
            json.dumps(GOOD | {"labels": ["Acme", "Apex"]}).encode(),
            "InvalidTrainingRequest",
            "it names the label 'Apex', and project 'cup' knows Acme, Zenith",
        ),
        (
            KEY,
            json.dumps(GOOD | {"type": "concept"}).encode(),
            "InvalidTrainingRequest",
            "its type is concept, and the labels of project 'cup' are of type object",
        ),
        (
            "inbox/cup/train/caps/sub/job.json",
            json.dumps(GOOD).encode(),
            "InvalidKey",
            "it lies in no batch's folder, or is not called job.json just so",
        ),
        ("inbox/cup/train/job.json", json.dumps(GOOD).encode(), "InvalidKey", "begins no training"),
        ("inbox/cup/train/caps/JOB.JSON", b"", "InvalidKey", "inbox/PROJECT/train/BATCH/job.json"),
        (
            KEY,
            b'{"labels": ["Acme"], "type": "object", "labels": ["Zenith"]}',
            "InvalidTrainingRequest",
            "it says labels twice",
        ),
        (
            "inbox/moods/train/a/job.json",
            json.dumps(GOOD).encode(),
            "InvalidTrainingRequest",
            "its type is object, and the labels of project 'moods' are of type concept",
        ),
        (
            "inbox/nobody/train/a/job.json",
            json.dumps(GOOD).encode(),
            "UnknownProject",
            "there is no project 'nobody'",
        ),
    ],
)
def test_a_request_that_cannot_be_obeyed_ends_as_a_rejected_training(
    cloud: Cloud, created: dict[str, Any], key: str, body: bytes, code: str, why: str
) -> None:
    assert cloud.drop(key, body, created).decision == "rejected"
    record = cloud.only_job
    assert (record.state, record.kind) == (JobState.REJECTED, "training")
    assert record.error is not None
    assert record.error.code == code
    assert why in record.error.message
    (failed,) = cloud.bus.events
    assert isinstance(failed, TrainingFailed)
    assert (failed.state, failed.error) == ("REJECTED", record.error)
    assert not cloud.training.executions
    assert key in cloud.media.objects


def test_each_version_of_a_request_is_a_training_of_its_own(cloud: Cloud, created: dict[str, Any]) -> None:
    cloud.drop(KEY, json.dumps(GOOD).encode(), created, **{"version-id": "one"})
    cloud.drop(KEY, json.dumps(GOOD | {"labels": ["Zenith"]}).encode(), created, **{"version-id": "two"})
    first, second = (AcceptedTraining.model_validate(e) for e in cloud.training.executions.values())
    assert first.job.job_id != second.job.job_id
    assert (first.request.labels, second.request.labels) == (("Acme",), ("Zenith",))


def test_a_request_delivered_twice_is_one_training(cloud: Cloud, created: dict[str, Any]) -> None:
    body = json.dumps(GOOD).encode()
    cloud.drop(KEY, body, created)
    assert cloud.deliver(about(created, KEY, size=len(body))).decision == "done"
    assert len(cloud.training.executions) == 1
    assert cloud.bus.detail_types == ["Training Started"]


def test_a_project_of_the_embedded_detector_is_trained_from_drops_as_any_other(
    cloud: Cloud, created: dict[str, Any]
) -> None:
    assert (
        cloud.drop("inbox/quick/train/a/job.json", json.dumps(GOOD).encode(), created).decision == "started"
    )
