"""The store of jobs: one contract for the table and its fake."""

from datetime import timedelta
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandlens.adapters.jobs_table import JobsTable
from brandlens.errors import ServiceUnavailable
from brandlens.job_pages import JobFilter, position_of, token_of
from brandlens.jobs import JobError, JobKind, JobState
from brandlens.ports import JobStore
from tests.fakes.jobs import FakeJobs
from tests.jobs import NOW, job
from tests.unit.adapters.tables import make_tables

JOB = job()
LATER = NOW + timedelta(hours=1)
ERROR = JobError(code="CorruptMedia", message="The picture cannot be read.", retryable=False)


@pytest.fixture(params=["table", "fake"])
def jobs(request: pytest.FixtureRequest, session: boto3.Session) -> JobStore:
    if request.param == "fake":
        return FakeJobs()
    make_tables(session)
    return JobsTable("jobs", session)


def test_a_job_is_received_once(jobs: JobStore) -> None:
    assert jobs.receive(JOB, "analysis")
    jobs.enter_step(JOB.job_id, "probe", total=None, now=NOW)
    assert not jobs.receive(JOB, "analysis")
    record = jobs.get(JOB.job_id)
    assert record is not None
    assert (record.state, record.step, record.kind) == (JobState.RUNNING, "probe", "analysis")
    assert (record.source, record.created_at) == (JOB.source, NOW)


def test_a_job_nobody_received_is_not_there(jobs: JobStore) -> None:
    assert jobs.get("nobody") is None


def test_entering_a_step_again_keeps_its_progress(jobs: JobStore) -> None:
    jobs.receive(JOB, "analysis")
    jobs.enter_step(JOB.job_id, "detect", total=40, now=NOW)
    jobs.advance(JOB.job_id, 20, now=NOW)
    jobs.enter_step(JOB.job_id, "detect", total=40, now=LATER)
    record = jobs.get(JOB.job_id)
    assert record is not None
    assert (record.done, record.total) == (20, 40)


def test_the_next_step_starts_from_nothing(jobs: JobStore) -> None:
    jobs.receive(JOB, "analysis")
    jobs.enter_step(JOB.job_id, "extract", total=40, now=NOW)
    jobs.advance(JOB.job_id, 40, now=NOW)
    jobs.enter_step(JOB.job_id, "summarize", total=None, now=LATER)
    record = jobs.get(JOB.job_id)
    assert record is not None
    assert (record.step, record.done, record.total, record.updated_at) == ("summarize", 0, None, LATER)


@pytest.mark.parametrize("end", [state for state in JobState if state.is_terminal])
def test_an_end_is_written_once_and_never_left(jobs: JobStore, end: JobState) -> None:
    jobs.receive(JOB, "analysis")
    assert jobs.finish(JOB.job_id, end, now=NOW, error=ERROR, result="s3://results/cup/")
    assert not jobs.finish(JOB.job_id, JobState.SUCCEEDED, now=LATER)
    jobs.enter_step(JOB.job_id, "detect", total=1, now=LATER)
    jobs.advance(JOB.job_id, 1, now=LATER)
    record = jobs.get(JOB.job_id)
    assert record is not None
    assert (record.state, record.finished_at, record.error, record.step) == (end, NOW, ERROR, None)
    assert record.result == "s3://results/cup/"


def test_an_unknown_job_cannot_end(jobs: JobStore) -> None:
    assert not jobs.finish("nobody", JobState.FAILED, now=NOW)
    assert jobs.get("nobody") is None


def test_the_execution_is_kept(jobs: JobStore) -> None:
    jobs.receive(JOB, "analysis")
    jobs.started(JOB.job_id, "arn:execution")
    record = jobs.get(JOB.job_id)
    assert record is not None
    assert (record.state, record.execution_arn) == (JobState.RECEIVED, "arn:execution")


def test_a_milestone_is_announced_by_one(jobs: JobStore) -> None:
    jobs.receive(JOB, "analysis")
    assert jobs.claim_announcement(JOB.job_id, "ended", now=NOW)
    with pytest.raises(ServiceUnavailable, match="another caller"):
        jobs.claim_announcement(JOB.job_id, "ended", now=NOW + timedelta(seconds=1))
    jobs.announced(JOB.job_id, "ended", now=NOW)
    assert not jobs.claim_announcement(JOB.job_id, "ended", now=LATER)


def test_an_announcement_whose_author_died_is_taken_over(jobs: JobStore) -> None:
    jobs.receive(JOB, "analysis")
    jobs.claim_announcement(JOB.job_id, "ended", now=NOW)
    assert jobs.claim_announcement(JOB.job_id, "ended", now=LATER)


def test_milestones_are_announced_apart(jobs: JobStore) -> None:
    jobs.receive(JOB, "analysis")
    jobs.announced(JOB.job_id, "started", now=NOW)
    assert jobs.claim_announcement(JOB.job_id, "ended", now=NOW)


def test_the_oldest_unfinished_job_is_the_first_received_of_its_kind_that_has_not_ended(
    jobs: JobStore,
) -> None:
    def received(name: str, kind: JobKind, hours: int) -> str:
        one = job(name).model_copy(update={"started_at": NOW + timedelta(hours=hours)})
        jobs.receive(one, kind)
        return one.job_id

    assert jobs.oldest_unfinished() is None
    ended, training = received("ended", "analysis", 0), received("training", "training", 1)
    running, waiting = received("running", "analysis", 2), received("waiting", "analysis", 3)
    jobs.finish(ended, JobState.FAILED, now=LATER, error=ERROR)
    jobs.enter_step(running, "probe", total=None, now=LATER)

    def oldest(**asked: Any) -> str | None:
        found = jobs.oldest_unfinished(**asked)
        return found and found.job_id

    assert (oldest(kind="analysis"), oldest(kind="training"), oldest()) == (running, training, training)
    jobs.finish(running, JobState.SUCCEEDED, now=LATER)
    assert oldest(kind="analysis", project="cup") == waiting
    jobs.finish(training, JobState.CANCELED, now=LATER)
    assert (oldest(project="cup"), oldest(project="league")) == (waiting, None)


def test_the_newest_jobs_come_first_of_one_project_or_of_all(jobs: JobStore) -> None:
    received = [
        job(f"inbox/{project}/analyze/{number}.mp4", project=project).model_copy(
            update={"started_at": NOW + timedelta(microseconds=number)}
        )
        for number, project in enumerate(["cup", "league", "cup", "cup"])
    ]
    for each in received:
        jobs.receive(each, "analysis")
    ids = [each.job_id for each in received]
    assert [record.job_id for record in jobs.newest(limit=2, project="cup")] == [ids[3], ids[2]]
    assert [record.job_id for record in jobs.newest(limit=3)] == [ids[3], ids[2], ids[1]]
    assert jobs.newest(limit=5, project="nothing") == []


def in_pages(jobs: JobStore, asked: JobFilter, limit: int) -> list[str]:
    """Return the ids on all pages, each asked for by the token of the one before."""
    ids: list[str] = []
    page = jobs.page(asked, limit=limit)
    while True:
        assert len(page.records) <= limit
        ids += [record.job_id for record in page.records]
        if page.position is None:
            return ids
        page = jobs.page(asked, limit=limit, after=position_of(token_of(page.position, asked), asked))


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_all_pages_together_are_the_jobs_that_meet_the_filters_newest_first(
    jobs: JobStore, limit: int
) -> None:
    kinds: dict[str, JobKind] = {}
    for number in range(9):
        # Three at a time were received in the same moment, as a folder's files are.
        received = job(f"inbox/cup/analyze/{number}.mp4", project=["cup", "league"][number % 2]).model_copy(
            update={"started_at": NOW + timedelta(seconds=number // 3)}
        )
        kinds[received.job_id] = "training" if number == 4 else "analysis"
        jobs.receive(received, kinds[received.job_id])
        if number % 4 == 0:
            jobs.finish(received.job_id, JobState.SUCCEEDED, now=LATER)
    every = jobs.newest(limit=100)
    for asked in (
        JobFilter(),
        JobFilter(project="cup"),
        JobFilter(kind="analysis"),
        JobFilter(kind="training"),
        JobFilter(states=(JobState.RECEIVED,)),
        JobFilter(states=(JobState.RECEIVED, JobState.SUCCEEDED), kind="training"),
        JobFilter(states=(JobState.RECEIVED, JobState.SUCCEEDED), kind="analysis"),
        JobFilter(project="cup", states=(JobState.SUCCEEDED,), kind="training"),
        JobFilter(since=NOW + timedelta(seconds=1), until=NOW + timedelta(seconds=2)),
        JobFilter(project="nothing"),
    ):
        meant = [
            record
            for record in every
            if asked.project in (None, record.project)
            and asked.kind in (None, record.kind)
            and (not asked.states or record.state in asked.states)
            and (asked.since is None or asked.since <= record.created_at)
            and (asked.until is None or record.created_at < asked.until)
        ]
        ids = in_pages(jobs, asked, limit)
        assert sorted(ids) == sorted(record.job_id for record in meant)
        times = {record.job_id: record.created_at for record in every}
        assert [times[each] for each in ids] == sorted((times[each] for each in ids), reverse=True)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ends=st.lists(st.sampled_from([state for state in JobState if state.is_terminal]), min_size=1))
def test_whatever_ends_are_tried_the_first_one_stays(jobs: JobStore, ends: list[JobState]) -> None:
    fresh = job(version=f"{id(ends)}-{len(ends)}-{','.join(ends)}")
    jobs.receive(fresh, "analysis")
    before = jobs.get(fresh.job_id)
    assert before is not None
    tried = [jobs.finish(fresh.job_id, end, now=NOW) for end in ends]
    record = jobs.get(fresh.job_id)
    assert record is not None
    if before.state.is_terminal:  # hypothesis tries the same example again
        assert not any(tried)
    else:
        assert tried == [True, *(False for _ in ends[1:])]
        assert record.state is ends[0]
