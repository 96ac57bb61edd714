"""Events that come twice, at once, late or in the wrong order, and objects that are gone when they come."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from brandlens.errors import ServiceUnavailable
from brandlens.jobs import Job, JobState, Source, job_id_for
from tests.e2e import brands
from tests.e2e.refusal import assert_turned_away
from tests.e2e.system import System, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

Deliver = Callable[[Source], dict[str, Any]]


@pytest.fixture
def deliver(system: System) -> Deliver:
    """Hand ingest the event of an object by hand, again after a transient error, as Lambda does.

    Returns what ingest answers in the end.
    """

    def invoke(source: Source) -> dict[str, Any] | None:
        answer = system.aws("lambda").invoke(
            FunctionName="brandlens-local-ingest", Payload=json.dumps(object_created(source))
        )
        payload = json.loads(answer["Payload"].read())
        if payload.get("errorType") == ServiceUnavailable.__name__:
            return None
        assert "FunctionError" not in answer, payload
        return dict(payload)

    return lambda source: eventually(lambda: invoke(source), lambda: f"{source} is not taken in")


@pytest.fixture
def no_delivery(system: System) -> Iterator[None]:
    """As long as this holds, S3's events reach nobody: the test delivers them."""
    events, rule = system.aws("events"), "brandlens-local-dropped-objects"
    events.disable_rule(Name=rule)
    yield
    events.enable_rule(Name=rule)


def object_created(source: Source) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "17793124-05d4-b198-2fde-7ededc63b103",
        "detail-type": "Object Created",
        "source": "aws.s3",
        "account": "000000000000",
        "time": datetime.now(UTC).isoformat(),
        "region": "eu-west-1",
        "resources": [f"arn:aws:s3:::{source.bucket}"],
        "detail": {
            "version": "0",
            "bucket": {"name": source.bucket},
            "object": {
                "key": source.key,
                "size": 1,
                "etag": "b1946ac92492d2347c6235b4d2611184",
                "version-id": source.version,
                "sequencer": "00617F08299329D189",
            },
            "request-id": "N4N7GDK58NMKJ12R",
            "requester": "000000000000",
            "source-ip-address": "127.0.0.1",
            "reason": "PutObject",
        },
    }


def key(system: System, name: str) -> str:
    return f"inbox/{system.PROJECT}/analyze/{name}"


def delete(system: System, source: Source) -> None:
    system.aws("s3").delete_object(Bucket=source.bucket, Key=source.key, VersionId=source.version)


def test_an_event_delivered_again_after_the_end_changes_nothing(system: System, deliver: Deliver) -> None:
    source = system.put(key(system, "again.jpg"), brands.jpeg(brands.BOLT))
    before = system.ended(job_id_for(source))
    files = system.result_files(before)
    assert deliver(source) == {"decision": "done", "job_id": before.job_id}
    assert system.ended(before.job_id) == before
    assert system.result_files(before) == files
    assert system.announced(before.job_id) == ["Analysis Completed", "Analysis Started"]


@pytest.mark.usefixtures("no_delivery")
def test_an_event_delivered_five_times_at_once_is_one_job(system: System, deliver: Deliver) -> None:
    source = system.put(key(system, "at-once.jpg"), brands.jpeg(brands.BOLT))
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(deliver, [source] * 5))
    assert {answer["job_id"] for answer in answers} == {job_id_for(source)}
    assert system.ended(job_id_for(source)).state is JobState.SUCCEEDED
    assert system.announced(job_id_for(source)) == ["Analysis Completed", "Analysis Started"]


def test_a_refusal_delivered_again_is_announced_once(system: System, deliver: Deliver) -> None:
    source = system.put(key(system, "refused-again.jpg"), b"text")
    record = system.ended(job_id_for(source))
    assert deliver(source)["decision"] == "done"
    assert system.ended(record.job_id) == record
    assert system.announced(record.job_id) == ["Analysis Failed"]


@pytest.mark.usefixtures("no_delivery")
def test_an_older_versions_event_after_a_newer_ones_is_analyzed_as_its_own_version(
    system: System, deliver: Deliver
) -> None:
    older = system.put(key(system, "order.jpg"), brands.jpeg(brands.ACME))
    newer = system.put(key(system, "order.jpg"), brands.jpeg(brands.BOLT))
    deliver(newer)
    system.ended(job_id_for(newer))
    deliver(older)
    found = [system.brands(system.ended(job_id_for(source))) for source in (older, newer)]
    assert found == [{brands.ACME}, {brands.BOLT}]
    for source in (older, newer):
        assert system.details(job_id_for(source))[-1]["source"] == source.model_dump()


@pytest.mark.usefixtures("no_delivery")
def test_an_object_that_is_gone_before_ingest_reads_it_is_turned_away(
    system: System, deliver: Deliver
) -> None:
    source = system.put(key(system, "gone.jpg"), brands.jpeg(brands.BOLT))
    delete(system, source)
    assert deliver(source)["decision"] == "rejected"
    record = system.ended(job_id_for(source))
    assert_turned_away(system, record, "ObjectNotFound", "'inbox/cup/analyze/gone.jpg' could not be read")
    assert system.announced(job_id_for(source)) == ["Analysis Failed"]


@pytest.mark.parametrize(("media_format", "why"), [("jpeg", "it is not there"), ("mov", "it was deleted")])
@pytest.mark.usefixtures("no_delivery")
def test_an_object_that_is_gone_before_it_is_probed_is_turned_away(
    system: System, media_format: str, why: str
) -> None:
    source = system.put(key(system, f"gone-later.{media_format}"), brands.jpeg(brands.BOLT))
    delete(system, source)
    job = Job(job_id=job_id_for(source), project=system.PROJECT, source=source, started_at=datetime.now(UTC))
    project = system.projects.get(system.PROJECT)
    assert project is not None
    assert project.active_model is not None
    system.jobs.receive(job, "analysis")
    accepted = {
        "job": job.model_dump(mode="json"),
        "media_format": media_format,
        "model": project.active_model.model_dump(mode="json"),
    }
    system.jobs.started(job.job_id, system.analysis.start(job.job_id, accepted))
    record = system.ended(job.job_id)
    assert_turned_away(system, record, "ObjectNotFound", why)


@pytest.mark.usefixtures("no_delivery")
def test_an_object_deleted_by_name_alone_is_analyzed_as_the_version_it_was(
    system: System, deliver: Deliver
) -> None:
    source = system.put(key(system, "hidden.jpg"), brands.jpeg(brands.BOLT))
    system.aws("s3").delete_object(Bucket=source.bucket, Key=source.key)
    deliver(source)
    assert system.brands(system.ended(job_id_for(source))) == {brands.BOLT}


def test_a_model_start_that_comes_after_its_job_has_ended_leaves_no_lease(system: System) -> None:
    """As when an execution is stopped while the function is still at work for it."""
    source = system.put(key(system, "late.jpg"), b"text")
    record = system.ended(job_id_for(source))
    project = system.projects.get(system.PROJECT)
    assert project is not None
    assert project.active_model is not None
    job = Job(job_id=record.job_id, project=record.project, source=source, started_at=record.created_at)
    answer = system.aws("lambda").invoke(
        FunctionName="brandlens-local-start-model",
        Payload=json.dumps(
            {
                "job": job.model_dump(mode="json"),
                "model": project.active_model.model_dump(mode="json"),
                "frames": 1,
            }
        ),
    )
    assert json.loads(answer["Payload"].read())["errorType"] == "JobCanceled"
    assert system.models.held_by(record.job_id) == []
