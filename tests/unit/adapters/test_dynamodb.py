"""The tables' stores: one contract for each table and its fake."""

from datetime import datetime, timedelta

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.projects_table import ProjectsTable
from brandlens.errors import AlreadyExists, NotFound, ServiceUnavailable
from brandlens.job_pages import JobFilter, position_of, token_of
from brandlens.jobs import JobError, JobKind, JobState
from brandlens.ports import JobStore, LeaseStore, ProjectStore
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.fakes.projects import FakeProjects
from tests.jobs import MODEL, NOW, job

JOB = job()
LATER = NOW + timedelta(hours=1)
ERROR = JobError(code="CorruptMedia", message="The picture cannot be read.", retryable=False)
KEYS = {"projects": ["name"], "jobs": ["job_id"], "models": ["model_arn", "sk"]}


def make_tables(session: boto3.Session) -> None:
    """Make the tables as `infra/components/tables.py` does."""
    client = session.client("dynamodb")
    for name, keys in KEYS.items():
        indexed = ["project", "state", "created_at"] if name == "jobs" else []
        indexes = [
            {
                "IndexName": f"by_{key}",
                "KeySchema": schema([key, "created_at"]),
                "Projection": {"ProjectionType": "ALL"},
            }
            for key in ("project", "state")
        ]
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=schema(keys),  # type: ignore[arg-type]
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in (*keys, *indexed)],
            **({"GlobalSecondaryIndexes": indexes} if indexed else {}),  # type: ignore[arg-type]
        )


def schema(keys: list[str]) -> list[dict[str, str]]:
    return [
        {"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
    ]


@pytest.fixture(params=["table", "fake"])
def jobs(request: pytest.FixtureRequest, session: boto3.Session) -> JobStore:
    if request.param == "fake":
        return FakeJobs()
    make_tables(session)
    return JobsTable("jobs", session)


@pytest.fixture(params=["table", "fake"])
def projects(request: pytest.FixtureRequest, session: boto3.Session) -> ProjectStore:
    if request.param == "fake":
        return FakeProjects()
    make_tables(session)
    return ProjectsTable("projects", session)


@pytest.fixture(params=["table", "fake"])
def leases(request: pytest.FixtureRequest, session: boto3.Session) -> LeaseStore:
    if request.param == "fake":
        return FakeLeases()
    make_tables(session)
    return ModelsTable("models", session)


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
        JobFilter(states=(JobState.RECEIVED,)),
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


def test_what_is_changed_of_a_project_is_what_was_given(projects: ProjectStore) -> None:
    projects.create("cup", ["Acme"], label_type="object", detector="embedded", min_f1=0.5, now=NOW)
    projects.change("cup", labels=["Acme", "Blitz"])
    projects.change("cup", min_f1=0.75)
    projects.change("cup")
    project = projects.get("cup")
    assert project is not None
    assert (list(project.labels), project.min_f1, project.created_at) == (["Acme", "Blitz"], 0.75, NOW)
    with pytest.raises(NotFound):
        projects.change("league", min_f1=0.5)


def test_a_project_is_created_once(projects: ProjectStore) -> None:
    projects.create("cup", ["Acme", "Bolt"], label_type="object", detector="rekognition", min_f1=0.7, now=NOW)
    with pytest.raises(AlreadyExists, match="'cup'"):
        projects.create("cup", ["Other"], label_type="concept", detector="embedded", min_f1=0, now=NOW)
    project = projects.get("cup")
    assert project is not None
    assert (list(project.labels), project.label_type, project.detector) == (
        ["Acme", "Bolt"],
        "object",
        "rekognition",
    )
    assert (project.active_model, project.min_f1) == (None, 0.7)


def test_a_project_gets_the_model_it_is_given(projects: ProjectStore) -> None:
    projects.create("cup", ["Acme"], label_type="object", detector="rekognition", min_f1=0.7, now=NOW)
    model = MODEL.model_copy(update={"min_confidence": 62.5})
    projects.set_active_model("cup", model)
    project = projects.get("cup")
    assert project is not None
    assert project.active_model == model


def test_no_model_is_given_to_a_project_that_is_not_there(projects: ProjectStore) -> None:
    with pytest.raises(NotFound, match="no such project"):
        projects.set_active_model("cup", MODEL)
    assert projects.get("cup") is None


def test_projects_are_listed_by_name_and_deleted(projects: ProjectStore) -> None:
    for name in ("league", "cup"):
        projects.create(name, ["Acme"], label_type="object", detector="rekognition", min_f1=0.7, now=NOW)
    assert [project.name for project in projects.list()] == ["cup", "league"]
    projects.delete("cup")
    projects.delete("cup")
    assert [project.name for project in projects.list()] == ["league"]


def test_a_lease_lives_until_it_expires_or_is_released(leases: LeaseStore) -> None:
    other = job("inbox/cup/analyze/other.mp4")
    assert leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    assert leases.acquire(MODEL, other, now=NOW, expires_at=LATER + timedelta(hours=1))
    assert leases.live(MODEL.arn, now=NOW) == 2
    assert leases.live(MODEL.arn, now=LATER + timedelta(seconds=1)) == 1
    leases.release(MODEL.arn, other.job_id, now=LATER)
    assert leases.live(MODEL.arn, now=LATER + timedelta(seconds=1)) == 0


def test_a_renewed_lease_lasts_longer_but_a_released_one_does_not_come_back(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW + timedelta(minutes=1))
    assert leases.renew(MODEL.arn, JOB.job_id, now=NOW, expires_at=LATER + timedelta(minutes=1))
    assert leases.live(MODEL.arn, now=LATER) == 1
    leases.release(MODEL.arn, JOB.job_id, now=NOW)
    assert not leases.renew(MODEL.arn, JOB.job_id, now=NOW, expires_at=LATER + timedelta(minutes=1))
    assert leases.live(MODEL.arn, now=NOW) == 0
    assert leases.held_by(JOB.job_id) == []


def test_leases_are_found_by_their_job(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    assert leases.held_by(JOB.job_id) == [MODEL.arn]
    assert leases.held_by("nobody") == []


def test_a_model_is_remembered_after_its_last_lease(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    leases.release(MODEL.arn, JOB.job_id, now=LATER)
    (known,) = leases.models()
    assert (known.model, known.project, known.last_needed_at) == (MODEL, "cup", LATER)


def test_releasing_what_was_never_taken_remembers_nothing(leases: LeaseStore) -> None:
    leases.release(MODEL.arn, JOB.job_id, now=NOW)
    assert list(leases.models()) == []


def test_a_stop_is_not_taken_on_when_a_lease_was_taken_since_we_looked(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    leases.release(MODEL.arn, JOB.job_id, now=NOW)
    (known,) = leases.models()
    leases.acquire(MODEL, JOB, now=LATER, expires_at=LATER + timedelta(hours=1))
    assert not leases.claim_stop(known, now=LATER)


def test_whoever_takes_a_lease_while_the_model_is_stopped_learns_it(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    (known,) = leases.models()
    assert leases.claim_stop(known, now=NOW)
    assert not leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    leases.stopped(MODEL.arn, claimed_at=LATER)
    assert not leases.renew(MODEL.arn, JOB.job_id, now=NOW, expires_at=LATER)
    leases.stopped(MODEL.arn, claimed_at=NOW)
    assert leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)


def test_a_stop_whose_author_died_holds_nobody_up_for_long(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    (known,) = leases.models()
    leases.claim_stop(known, now=NOW)
    assert leases.acquire(MODEL, JOB, now=NOW + timedelta(minutes=4), expires_at=LATER)


def test_a_renewed_lease_counts_as_taken_and_keeps_a_stop_away(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    known = leases.known(MODEL.arn)
    assert known is not None
    leases.renew(MODEL.arn, JOB.job_id, now=LATER, expires_at=LATER + timedelta(hours=1))
    assert not leases.claim_stop(known, now=LATER)
    (renewed,) = leases.models()
    assert (renewed.leases_taken, renewed.last_needed_at) == (2, NOW)


def test_a_stop_is_taken_on_by_one_until_its_author_must_be_dead(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    (known,) = leases.models()
    assert leases.claim_stop(known, now=NOW)
    assert not leases.claim_stop(known, now=NOW + timedelta(minutes=2))
    assert leases.claim_stop(known, now=NOW + timedelta(minutes=4))


def test_a_model_nobody_leased_is_not_known(leases: LeaseStore) -> None:
    assert leases.known(MODEL.arn) is None


def test_a_run_is_ours_from_before_its_start_to_after_its_stop(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    assert run_of(leases) == (None, False)
    leases.begin_run(MODEL.arn, now=NOW)
    assert run_of(leases) == (NOW, False)
    (known,) = leases.models()
    leases.see_run(known)
    assert run_of(leases) == (NOW, True)
    assert leases.claim_stop(known, now=LATER)
    leases.stopped(MODEL.arn, claimed_at=LATER)
    assert run_of(leases)[0] is None


def test_a_run_is_forgotten_only_once_its_start_must_have_been_asked_for(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    leases.begin_run(MODEL.arn, now=NOW)
    (known,) = leases.models()
    leases.forget_run(known, now=NOW + timedelta(minutes=2))
    assert run_of(leases)[0] == NOW
    leases.forget_run(known, now=NOW + timedelta(minutes=4))
    assert run_of(leases)[0] is None


def test_what_was_read_of_a_run_says_nothing_of_the_next(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    leases.begin_run(MODEL.arn, now=NOW)
    (before,) = leases.models()
    leases.begin_run(MODEL.arn, now=LATER)
    leases.see_run(before)
    leases.forget_run(before, now=LATER)
    assert run_of(leases) == (LATER, False)


def test_a_models_speed_is_remembered(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    (known,) = leases.models()
    assert known.frames_per_second is None
    leases.measured(MODEL.arn, 4.25)
    leases.acquire(MODEL, JOB, now=LATER, expires_at=LATER)
    (known,) = leases.models()
    assert known.frames_per_second == 4.25


def run_of(leases: LeaseStore) -> tuple[datetime | None, bool]:
    known = leases.known(MODEL.arn)
    assert known is not None
    return known.run_began, known.run_seen
