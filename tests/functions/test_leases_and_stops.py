"""start_model, release_model and stop_idle_models: a model runs while somebody needs it, and no longer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from brandlens.errors import JobCanceled, ModelFailed
from brandlens.events import ModelStarted, ModelStopped
from brandlens.jobs import Job, JobState
from functions.release_model import handler as release_model
from functions.start_model import handler as start_model
from functions.stop_idle_models import handler as stop_idle_models
from tests.fakes import FakeBus, FakeJobs, FakeLeases, FakeModels, FakeStops
from tests.jobs import MODEL, NOW, job

GRACE = timedelta(minutes=5)
LEASE = timedelta(minutes=30)
JOB = job()
OTHER = job("inbox/cup/analyze/other.mp4")


@dataclass
class Cloud:
    models: FakeModels = field(default_factory=lambda: FakeModels({MODEL.arn: "STOPPED"}))
    leases: FakeLeases = field(default_factory=FakeLeases)
    jobs: FakeJobs = field(default_factory=FakeJobs)
    bus: FakeBus = field(default_factory=FakeBus)
    stops: FakeStops = field(default_factory=FakeStops)

    def start(self, who: Job = JOB, *, now: datetime = NOW) -> start_model.ModelState:
        deps = start_model.Deps(self.models, self.leases, self.jobs, self.bus, 2, LEASE)
        return start_model.handle(start_model.StartModel(job=who, model=MODEL), deps, now=now)

    def release(self, who: Job = JOB, *, now: datetime = NOW) -> int:
        deps = release_model.Deps(self.leases, self.stops, GRACE)
        event = release_model.ReleaseModel(job=who, model=MODEL)
        return release_model.handle(event, deps, now=now).leases_left

    def sweep(self, *, now: datetime, model_arn: str | None = None) -> int:
        deps = stop_idle_models.Deps(self.models, self.leases, self.bus, GRACE)
        event = stop_idle_models.StopIdleModels(model_arn=model_arn)
        return stop_idle_models.handle(event, deps, now=now).stopped

    @property
    def status(self) -> str:
        return self.models.status_of[MODEL.arn]


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


@pytest.mark.parametrize("standing", ["STOPPED", "TRAINING_COMPLETED"])
def test_a_standing_model_is_started_once_however_often_it_is_polled(cloud: Cloud, standing: str) -> None:
    cloud.models.status_of[MODEL.arn] = standing
    assert not cloud.start().ready
    assert not cloud.start(now=NOW + timedelta(seconds=30)).ready
    assert cloud.models.started == [(MODEL.arn, 2)]
    (started,) = cloud.bus.events
    assert isinstance(started, ModelStarted)
    assert (started.job_id, started.inference_units) == (JOB.job_id, 2)


def test_a_running_model_is_ready_and_leased(cloud: Cloud) -> None:
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    assert cloud.start().ready
    assert cloud.leases.live(MODEL.arn, now=NOW) == 1
    assert not cloud.bus.events


def test_every_poll_renews_the_lease(cloud: Cloud) -> None:
    cloud.start()
    cloud.start(now=NOW + timedelta(minutes=20))
    assert cloud.leases.live(MODEL.arn, now=NOW + timedelta(minutes=45)) == 1


def test_a_model_on_its_way_to_a_stop_is_waited_for_and_started_again(cloud: Cloud) -> None:
    cloud.models.status_of[MODEL.arn] = "STOPPING"
    assert not cloud.start().ready
    cloud.models.status_of[MODEL.arn] = "STOPPED"
    cloud.start()
    assert cloud.models.started == [(MODEL.arn, 2)]


@pytest.mark.parametrize("status", ["FAILED", "TRAINING_FAILED", "TRAINING_IN_PROGRESS", "DELETING"])
def test_a_state_that_no_waiting_mends_fails_the_job(cloud: Cloud, status: str) -> None:
    cloud.models.status_of[MODEL.arn] = status
    with pytest.raises(ModelFailed, match=status):
        cloud.start()


def test_a_job_that_waits_for_its_model_says_so(cloud: Cloud) -> None:
    cloud.jobs.receive(JOB, "analysis")
    cloud.start()
    assert cloud.jobs.records[JOB.job_id].step == "start model"


def test_a_job_that_has_ended_takes_no_lease_and_starts_no_model(cloud: Cloud) -> None:
    cloud.jobs.receive(JOB, "analysis")
    cloud.jobs.finish(JOB.job_id, JobState.CANCELED, now=NOW)
    with pytest.raises(JobCanceled, match="CANCELED"):
        cloud.start()
    assert cloud.leases.held_by(JOB.job_id) == []
    assert cloud.models.started == []


def test_the_last_release_schedules_a_stop_for_the_end_of_the_grace_time(cloud: Cloud) -> None:
    cloud.start(JOB)
    cloud.start(OTHER)
    assert cloud.release(JOB) == 1
    assert not cloud.stops.at
    assert cloud.release(OTHER) == 0
    assert cloud.stops.at == {MODEL.arn: NOW + GRACE}


def test_a_released_model_is_stopped_after_its_grace_time_not_before(cloud: Cloud) -> None:
    cloud.start()
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    cloud.release()
    assert cloud.sweep(now=NOW + GRACE - timedelta(seconds=1), model_arn=MODEL.arn) == 0
    assert cloud.sweep(now=NOW + GRACE, model_arn=MODEL.arn) == 1
    assert cloud.status == "STOPPING"
    stopped = cloud.bus.events[-1]
    assert isinstance(stopped, ModelStopped)
    assert (stopped.job_id, stopped.project, stopped.model_arn) == (None, "cup", MODEL.arn)


def test_a_leased_model_is_not_stopped_however_long_its_job_takes(cloud: Cloud) -> None:
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    cloud.start()
    cloud.leases.renew(MODEL.arn, JOB.job_id, expires_at=NOW + timedelta(hours=9))
    assert cloud.sweep(now=NOW + timedelta(hours=8)) == 0
    assert cloud.status == "RUNNING"


def test_a_job_that_died_without_a_word_keeps_its_model_no_longer_than_its_lease(cloud: Cloud) -> None:
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    cloud.start()
    assert cloud.sweep(now=NOW + LEASE - timedelta(seconds=1)) == 0
    assert cloud.sweep(now=NOW + LEASE) == 1


def test_a_schedule_for_one_model_leaves_the_others_running(cloud: Cloud) -> None:
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    cloud.start()
    cloud.release()
    assert cloud.sweep(now=NOW + GRACE, model_arn="arn:of:another") == 0
    assert cloud.status == "RUNNING"


def test_a_model_that_was_deleted_does_not_stop_the_sweep(cloud: Cloud) -> None:
    second = MODEL.model_copy(update={"arn": "arn:second"})
    for model in (MODEL, second):
        cloud.leases.acquire(model, JOB, now=NOW, expires_at=NOW)
    cloud.models.status_of = {second.arn: "RUNNING"}
    assert cloud.sweep(now=NOW + GRACE) == 1


def test_a_job_that_comes_while_its_model_is_being_stopped_waits_for_it(cloud: Cloud) -> None:
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    cloud.start()
    cloud.release()
    (known,) = cloud.leases.models()
    assert cloud.leases.claim_stop(known, now=NOW + GRACE)
    assert not cloud.start(OTHER, now=NOW + GRACE).ready


class Models(RuleBasedStateMachine):
    """Jobs that come, go and die, a sweeper, and time."""

    def __init__(self) -> None:
        super().__init__()
        self.cloud = Cloud()
        self.now = NOW
        self.next_job = 0
        self.alive: list[Job] = []
        self.needed_until = NOW

    @rule()
    def a_job_comes(self) -> None:
        self.next_job += 1
        self.alive.append(job(f"inbox/cup/analyze/{self.next_job}.mp4"))

    @rule()
    def jobs_poll(self) -> None:
        if self.cloud.status == "STARTING":
            self.cloud.models.status_of[MODEL.arn] = "RUNNING"
        if self.cloud.status == "STOPPING":
            self.cloud.models.status_of[MODEL.arn] = "STOPPED"
        for each in self.alive:
            self.cloud.start(each, now=self.now)
            self.needed_until = max(self.needed_until, self.now + LEASE)

    @rule()
    def the_first_job_ends(self) -> None:
        if self.alive:
            self.cloud.release(self.alive.pop(0), now=self.now)
            self.needed_until = max(self.needed_until, self.now)

    @rule()
    def the_first_job_dies(self) -> None:
        if self.alive:
            self.alive.pop(0)

    @rule(minutes=st.integers(1, 20))
    def time_passes_for_the_sweeper_too(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.cloud.sweep(now=self.now)

    @invariant()
    def no_model_runs_that_nobody_needed_for_the_grace_time(self) -> None:
        if self.now >= self.needed_until + GRACE + timedelta(minutes=20):
            assert self.cloud.status != "RUNNING"

    @invariant()
    def no_model_stops_under_a_live_lease(self) -> None:
        if self.cloud.leases.live(MODEL.arn, now=self.now):
            assert self.cloud.status != "STOPPING"


TestModels = Models.TestCase


@given(polls=st.integers(1, 5))
def test_polling_starts_a_model_at_most_once(polls: int) -> None:
    cloud = Cloud()
    for number in range(polls):
        cloud.start(now=NOW + timedelta(seconds=number))
    assert len(cloud.models.started) == 1
