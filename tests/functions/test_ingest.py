from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import AccessRefused, InvalidInput, NotFound, Permanent, ServiceUnavailable
from brandlens.events import AnalysisFailed, AnalysisStarted
from brandlens.jobs import JobState, Source, job_id_for
from functions.ingest.handler import Accepted, Ingested
from tests.fakes.objects import FakeObjectStore
from tests.fakes.workflows import FakeBus, FakeWorkflow
from tests.functions.drops import Cloud, about
from tests.jobs import MODEL, NOW

MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(24)
KEY = "inbox/cup/analyze/semi finals/match 1+2 %2B 🧀.mp4"
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


@pytest.fixture
def created(event: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    return event("object_created")


def test_a_video_starts_an_execution_named_as_its_job(cloud: Cloud, created: dict[str, Any]) -> None:
    decision = cloud.drop(KEY, MP4, created)
    source = Source(bucket="media", key=KEY, version=created["detail"]["object"]["version-id"])
    assert decision == Ingested(decision="started", job_id=job_id_for(source))
    (name, payload), *others = cloud.workflow.executions.items()
    assert not others
    assert name == decision.job_id
    accepted = Accepted.model_validate(payload)
    assert (accepted.media_format, accepted.model, accepted.job.source) == ("mov", MODEL, source)
    assert accepted.job.started_at.isoformat() == "2026-11-22T12:00:00+00:00"
    assert cloud.only_job.execution_arn is not None
    (started,) = cloud.bus.events
    assert isinstance(started, AnalysisStarted)
    assert started.source.key == KEY


def test_without_versions_the_quoted_etag_tells_versions_apart(cloud: Cloud, created: dict[str, Any]) -> None:
    del created["detail"]["object"]["version-id"]
    cloud.drop(KEY, MP4, created)
    assert cloud.only_job.source.version == '"b1946ac92492d2347c6235b4d2611184"'
    cloud.drop(KEY, MP4, created, etag="0" * 32)
    assert len(cloud.jobs.records) == 2


def test_an_event_delivered_twice_does_nothing_more(cloud: Cloud, created: dict[str, Any]) -> None:
    first = cloud.drop(KEY, MP4, created)
    assert cloud.deliver(about(created, KEY, size=len(MP4)), now=LATER) == Ingested(
        decision="done", job_id=first.job_id
    )
    assert len(cloud.workflow.executions) == 1
    assert cloud.bus.detail_types == ["Analysis Started"]


def test_a_late_event_of_a_job_that_is_over_does_nothing(cloud: Cloud, created: dict[str, Any]) -> None:
    first = cloud.drop(KEY, MP4, created)
    assert first.job_id is not None
    cloud.jobs.finish(first.job_id, JobState.SUCCEEDED, now=NOW)
    cloud.media.delete_prefix("")
    assert cloud.deliver(about(created, KEY, size=len(MP4)), now=LATER).decision == "done"
    assert cloud.only_job.state is JobState.SUCCEEDED
    assert cloud.bus.detail_types == ["Analysis Started"]


@pytest.mark.parametrize(
    ("key", "content", "code"),
    [
        ("inbox/cup/analyze/a.mp4", b"", "EmptyObject"),
        ("inbox/cup/analyze/a.mp4", b"just text\n", "UnsupportedMedia"),
        ("inbox/cup/analyze/a.mp4", b"#EXTM3U\nhttp://169.254.169.254/\n", "UnsupportedMedia"),
        ("inbox/cup/analyze/a.jpg", b"ffconcat version 1.0\nfile /etc/passwd\n", "UnsupportedMedia"),
        ("inbox/nobody/analyze/a.mp4", MP4, "UnknownProject"),
        ("inbox/new/analyze/a.mp4", MP4, "NoTrainedModel"),
        ("inbox/a.mp4", MP4, "InvalidKey"),
        ("inbox/cup/a.mp4", MP4, "InvalidKey"),
        ("inbox/cup/analyse/a.mp4", MP4, "InvalidKey"),
        ("inbox/cup/analyze/folder/", MP4, "InvalidKey"),
        ("inbox//analyze/a.mp4", MP4, "InvalidKey"),
    ],
)
def test_what_is_refused_ends_as_a_rejected_job_and_a_failed_event(
    cloud: Cloud, created: dict[str, Any], key: str, content: bytes, code: str
) -> None:
    assert cloud.drop(key, content, created).decision == "rejected"
    record = cloud.only_job
    assert record.state is JobState.REJECTED
    assert record.error is not None
    assert (record.error.code, record.error.retryable) == (code, False)
    (failed,) = cloud.bus.events
    assert isinstance(failed, AnalysisFailed)
    assert (failed.state, failed.error, failed.source.key) == ("REJECTED", record.error, key)
    assert not cloud.workflow.executions
    assert key in cloud.media.objects


def test_an_object_deleted_before_it_is_read_is_rejected(cloud: Cloud, created: dict[str, Any]) -> None:
    assert cloud.deliver(created).decision == "rejected"
    assert cloud.only_job.error is not None
    assert cloud.only_job.error.code == "ObjectNotFound"


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("inbox/cup/analyze/folder/", b""),
        ("inbox/", b""),
        ("inbox/cup/train/batch/match.mp4", MP4),
        ("inbox/cup/train/batch/more/my job.json", b"{}"),
        ("elsewhere/a.mp4", MP4),
    ],
)
def test_what_asks_for_nothing_leaves_no_trace(
    cloud: Cloud, created: dict[str, Any], key: str, content: bytes
) -> None:
    assert cloud.drop(key, content, created) == Ingested(decision="ignored")
    assert not cloud.jobs.records
    assert not cloud.bus.events


def test_a_redelivery_goes_on_where_the_start_failed(cloud: Cloud, created: dict[str, Any]) -> None:
    cloud.workflow.failures.append(ServiceUnavailable("not started", "the service failed"))
    with pytest.raises(ServiceUnavailable):
        cloud.drop(KEY, MP4, created)
    assert cloud.only_job.state is JobState.RECEIVED
    assert cloud.deliver(about(created, KEY, size=len(MP4)), now=LATER).decision == "started"
    assert len(cloud.workflow.executions) == 1
    assert cloud.bus.detail_types == ["Analysis Started"]


@pytest.mark.parametrize(("content", "announced"), [(MP4, "Analysis Started"), (b"", "Analysis Failed")])
def test_a_redelivery_makes_good_an_event_that_was_not_published(
    cloud: Cloud, created: dict[str, Any], content: bytes, announced: str
) -> None:
    cloud.bus.failures.append(ServiceUnavailable("not published", "the service failed"))
    with pytest.raises(ServiceUnavailable):
        cloud.drop(KEY, content, created)
    state = cloud.only_job.state
    cloud.deliver(about(created, KEY, size=len(content)), now=LATER)
    cloud.deliver(about(created, KEY, size=len(content)), now=LATER)
    assert cloud.bus.detail_types == [announced]
    assert cloud.only_job.state is state


class UnreadableStore(FakeObjectStore):
    """A bucket that refuses to be read."""

    def read(
        self, key: str, *, start: int = 0, length: int | None = None, version: str | None = None
    ) -> bytes:
        raise AccessRefused(f"{key!r} could not be read", "AWS said no")


def test_an_object_that_may_not_be_read_ends_its_job_failed_with_the_reason(
    created: dict[str, Any],
) -> None:
    cloud = Cloud(media=UnreadableStore("media"))
    decision = cloud.drop(KEY, MP4, created)
    record = cloud.only_job
    assert decision == Ingested(decision="failed", job_id=record.job_id)
    assert record.state is JobState.FAILED
    assert record.error is not None
    assert (record.error.code, record.error.retryable) == ("AccessRefused", False)
    (failed,) = cloud.bus.events
    assert isinstance(failed, AnalysisFailed)
    assert (failed.state, failed.error, failed.source.key) == ("FAILED", record.error, KEY)
    assert not cloud.workflow.executions
    assert cloud.deliver(about(created, KEY, size=len(MP4)), now=LATER).decision == "done"
    assert len(cloud.bus.events) == 1


@pytest.mark.parametrize("leaf", [AccessRefused, InvalidInput, NotFound])
def test_an_execution_that_can_never_start_ends_its_job_failed(
    cloud: Cloud, created: dict[str, Any], leaf: type[Permanent]
) -> None:
    cloud.workflow.failures.append(leaf("the execution could not be started", "AWS said no"))
    assert cloud.drop(KEY, MP4, created).decision == "failed"
    assert cloud.only_job.state is JobState.FAILED
    assert cloud.only_job.error is not None
    assert cloud.only_job.error.code == leaf.__name__
    assert cloud.bus.detail_types == ["Analysis Failed"]


def test_a_redelivery_announces_a_failure_whose_event_was_not_published(
    cloud: Cloud, created: dict[str, Any]
) -> None:
    cloud.workflow.failures.append(AccessRefused("the execution could not be started", "AWS said no"))
    cloud.bus.failures.append(ServiceUnavailable("not published", "the service failed"))
    with pytest.raises(ServiceUnavailable):
        cloud.drop(KEY, MP4, created)
    assert cloud.deliver(about(created, KEY, size=len(MP4)), now=LATER).decision == "failed"
    assert cloud.deliver(about(created, KEY, size=len(MP4)), now=LATER).decision == "done"
    assert cloud.bus.detail_types == ["Analysis Failed"]
    assert not cloud.workflow.executions


def test_a_start_that_may_not_be_announced_leaves_the_job_to_its_execution(
    cloud: Cloud, created: dict[str, Any]
) -> None:
    cloud.bus.failures.append(AccessRefused("the event was not published", "AWS said no"))
    with pytest.raises(AccessRefused):
        cloud.drop(KEY, MP4, created)
    assert len(cloud.workflow.executions) == 1
    assert cloud.only_job.state is JobState.RECEIVED


@given(
    failures=st.lists(st.sampled_from(["workflow", "bus", None]), max_size=6),
    content=st.sampled_from([MP4, b"", b"text"]),
)
def test_however_deliveries_die_the_last_one_leaves_one_job_with_one_event(
    failures: list[str | None], content: bytes
) -> None:
    cloud = Cloud()
    delivered = about(_CREATED, KEY, size=len(content))
    cloud.media.write(KEY, content, content_type="")
    for number, failing in enumerate([*failures, None]):
        if failing is not None:
            cloud_part: FakeBus | FakeWorkflow = getattr(cloud, failing)
            cloud_part.failures[:] = [ServiceUnavailable("not now", "the service failed")]
        try:
            cloud.deliver(delivered, now=NOW + timedelta(minutes=number))
        except ServiceUnavailable:
            continue
    cloud.bus.failures.clear()
    cloud.workflow.failures.clear()
    cloud.deliver(delivered, now=NOW + timedelta(hours=1))
    expected = "Analysis Started" if content == MP4 else "Analysis Failed"
    assert cloud.bus.detail_types == [expected]
    assert len(cloud.workflow.executions) == (content == MP4)
    assert len(cloud.jobs.records) == 1


_CREATED: dict[str, Any] = {
    "version": "0",
    "id": "1",
    "detail-type": "Object Created",
    "source": "aws.s3",
    "account": "123456789012",
    "time": "2026-11-22T12:00:00Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": {
        "version": "0",
        "bucket": {"name": "media"},
        "object": {"key": KEY, "size": 1, "etag": "e", "version-id": "v", "sequencer": "1"},
        "request-id": "1",
        "requester": "1",
    },
}
