"""What a sweep looks at for alarms."""

from datetime import UTC, datetime, timedelta

import pytest

from brandlens.cost.budget import Account
from brandlens.gauges import Gauged, GaugeName, read_gauges
from brandlens.jobs import JobState
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.fakes.models import FakeModels
from tests.fakes.projects import FakeProject, FakeProjects
from tests.jobs import MODEL, NOW, job
from tests.spending import FakeSpending, cost

LATER = NOW + timedelta(minutes=20)
OLD = MODEL.model_copy(update={"arn": MODEL.arn.replace("v1", "v0"), "version": "v0"})
EMBEDDED = MODEL.model_copy(update={"detector": "embedded", "arn": "embedded"})


@pytest.fixture
def gauged() -> Gauged:
    return Gauged(FakeJobs(), FakeModels(), FakeLeases(), FakeProjects(), FakeSpending())


def values(gauged: Gauged, now: datetime = LATER) -> dict[GaugeName, float]:
    gauges = read_gauges(gauged, now=now)
    assert [gauge.name for gauge in gauges] == list(GaugeName)
    return {gauge.name: gauge.value for gauge in gauges}


def test_where_nothing_goes_on_every_gauge_is_at_zero(gauged: Gauged) -> None:
    assert set(values(gauged).values()) == {0}


def test_the_oldest_job_of_each_kind_that_has_not_ended_is_told_in_seconds(gauged: Gauged) -> None:
    younger = job("younger").model_copy(update={"started_at": NOW + timedelta(minutes=5)})
    training = job("training").model_copy(update={"started_at": NOW - timedelta(days=2)})
    for one, kind in ((job(), "analysis"), (younger, "analysis"), (training, "training")):
        gauged.jobs.receive(one, kind)  # type: ignore[arg-type]

    assert values(gauged)[GaugeName.OLDEST_ANALYSIS] == 20 * 60
    assert values(gauged)[GaugeName.OLDEST_TRAINING] == 2 * 86_400 + 20 * 60
    gauged.jobs.finish(job().job_id, JobState.SUCCEEDED, now=LATER)
    assert values(gauged)[GaugeName.OLDEST_ANALYSIS] == 15 * 60


def test_a_job_from_a_clock_that_is_ahead_is_not_older_than_it_is(gauged: Gauged) -> None:
    gauged.jobs.receive(job(), "analysis")

    assert values(gauged, NOW - timedelta(seconds=2))[GaugeName.OLDEST_ANALYSIS] == 0


@pytest.mark.parametrize(("status", "running"), [("RUNNING", 1), ("STARTING", 0), ("STOPPED", 0)])
def test_a_model_counts_while_it_runs_and_as_idle_while_nobody_leases_it(status: str, running: int) -> None:
    leases = FakeLeases()
    models = FakeModels({MODEL.arn: status})
    gauged = Gauged(FakeJobs(), models, leases, FakeProjects(), FakeSpending())
    leases.acquire(MODEL, job(), now=NOW, expires_at=LATER + timedelta(minutes=1))
    leases.begin_run(MODEL.arn, now=NOW)

    assert values(gauged)[GaugeName.RUNNING_MODELS] == running
    assert values(gauged)[GaugeName.IDLE_MODELS] == 0
    assert values(gauged, LATER + timedelta(minutes=2))[GaugeName.IDLE_MODELS] == running


def test_a_projects_model_that_somebody_started_by_hand_counts_once() -> None:
    models, leases = FakeModels({MODEL.arn: "RUNNING", OLD.arn: "RUNNING"}), FakeLeases()
    projects = FakeProjects(
        FakeProject("cup", active_model=MODEL),
        FakeProject("league", active_model=EMBEDDED),
        FakeProject("untaught"),
    )
    gauged = Gauged(FakeJobs(), models, leases, projects, FakeSpending())
    leases.acquire(MODEL, job(), now=NOW, expires_at=NOW)
    leases.begin_run(MODEL.arn, now=NOW)

    assert values(gauged)[GaugeName.RUNNING_MODELS] == 1


def test_a_model_that_was_deleted_does_not_run() -> None:
    projects = FakeProjects(FakeProject("cup", active_model=MODEL))
    gauged = Gauged(FakeJobs(), FakeModels(), FakeLeases(), projects, FakeSpending())

    assert values(gauged)[GaugeName.RUNNING_MODELS] == 0


def test_what_is_spent_is_that_of_all_projects_in_this_month_deleted_ones_too() -> None:
    spending = FakeSpending()
    for project, month, usd in (("cup", "2026-11", 1.25), ("league", "2026-11", 2), ("cup", "2026-10", 7)):
        spending.settle(Account(project=project, month=month), f"{project}{month}", cost(usd))
    projects = FakeProjects(FakeProject("cup"), FakeProject("unused"))
    gauged = Gauged(FakeJobs(), FakeModels(), FakeLeases(), projects, spending)

    assert values(gauged)[GaugeName.MONTH_SPENT] == 3.25
    assert values(gauged, datetime(2026, 12, 1, tzinfo=UTC))[GaugeName.MONTH_SPENT] == 0
