"""start_model, release_model and stop_idle_models: a model runs while somebody needs it, and no longer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from brandlens.errors import JobCanceled, ModelFailed
from brandlens.events import ModelStarted, ModelStopped
from brandlens.inference import Units
from brandlens.jobs import Job, JobState
from functions.release_model import handler as release_model
from functions.start_model import handler as start_model
from functions.stop_idle_models import handler as stop_idle_models
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.fakes.models import FakeModels
from tests.fakes.workflows import FakeBus, FakeStops
from tests.jobs import MODEL, NOW, job

GRACE = timedelta(minutes=5)
LEASE = timedelta(minutes=30)
LIMIT = 4
TARGET = timedelta(minutes=10)
ONE_UNIT = Units(least=1, most=LIMIT)
JOB = job()
OTHER = job("inbox/cup/analyze/other.mp4")


@dataclass
class Cloud:
    models: FakeModels = field(default_factory=lambda: FakeModels({MODEL.arn: "STOPPED"}))
    leases: FakeLeases = field(default_factory=FakeLeases)
    jobs: FakeJobs = field(default_factory=FakeJobs)
    bus: FakeBus = field(default_factory=FakeBus)
    stops: FakeStops = field(default_factory=FakeStops)

    def start(self, who: Job = JOB, *, now: datetime = NOW, frames: int = 1) -> start_model.ModelState:
        deps = start_model.Deps(self.models, self.leases, self.jobs, self.bus, LIMIT, TARGET, LEASE)
        event = start_model.StartModel(job=who, model=MODEL, frames=frames)
        return start_model.handle(event, deps, now=now)

    def release(
        self, who: Job = JOB, *, now: datetime = NOW, looked: release_model.Looked | None = None
    ) -> int:
        deps = release_model.Deps(self.leases, self.stops, GRACE)
        event = release_model.ReleaseModel(job=who, model=MODEL, looked=looked)
        return release_model.handle(event, deps, now=now).leases_left

    def sweep(self, *, now: datetime, model_arn: str | None = None) -> int:
        deps = stop_idle_models.Deps(self.models, self.leases, self.bus, GRACE)
        event = stop_idle_models.StopIdleModels(model_arn=model_arn)
        return stop_idle_models.handle(event, deps, now=now).stopped

    @property
    def status(self) -> str:
        return self.models.status_of[MODEL.arn]

    def run(self, who: Job = JOB, *, now: datetime = NOW) -> None:
        """Have the job start the model and find it running."""
        self.start(who, now=now)
        self.models.status_of[MODEL.arn] = "RUNNING"
        self.start(who, now=now)


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


@pytest.mark.parametrize("standing", ["STOPPED", "TRAINING_COMPLETED"])
def test_a_standing_model_is_started_once_however_often_it_is_polled(cloud: Cloud, standing: str) -> None:
    cloud.models.status_of[MODEL.arn] = standing
    assert not cloud.start().ready
    assert not cloud.start(now=NOW + timedelta(seconds=30)).ready
    assert cloud.models.started == [(MODEL.arn, ONE_UNIT)]
    (started,) = cloud.bus.events
    assert isinstance(started, ModelStarted)
    assert (started.job_id, started.inference_units) == (JOB.job_id, 1)


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
    assert cloud.models.started == [(MODEL.arn, ONE_UNIT)]


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
    cloud.run()
    cloud.release()
    assert cloud.sweep(now=NOW + GRACE - timedelta(seconds=1), model_arn=MODEL.arn) == 0
    assert cloud.sweep(now=NOW + GRACE, model_arn=MODEL.arn) == 1
    assert cloud.status == "STOPPING"
    stopped = cloud.bus.events[-1]
    assert isinstance(stopped, ModelStopped)
    assert (stopped.job_id, stopped.project, stopped.model_arn) == (None, "cup", MODEL.arn)


def test_a_leased_model_is_not_stopped_however_long_its_job_takes(cloud: Cloud) -> None:
    cloud.run()
    cloud.leases.renew(MODEL.arn, JOB.job_id, now=NOW, expires_at=NOW + timedelta(hours=9))
    assert cloud.sweep(now=NOW + timedelta(hours=8)) == 0
    assert cloud.status == "RUNNING"


def test_a_job_that_died_without_a_word_keeps_its_model_no_longer_than_its_lease(cloud: Cloud) -> None:
    cloud.run()
    assert cloud.sweep(now=NOW + LEASE - timedelta(seconds=1)) == 0
    assert cloud.sweep(now=NOW + LEASE) == 1


def test_a_job_that_dies_at_once_keeps_its_model_no_longer_than_its_lease_without_a_grace_time(
    cloud: Cloud,
) -> None:
    cloud.run()
    cloud.release()
    later = NOW + timedelta(minutes=4)
    cloud.leases.acquire(MODEL, OTHER, now=later, expires_at=later + timedelta(minutes=2))
    assert cloud.sweep(now=later + timedelta(minutes=2)) == 1


def test_a_schedule_for_one_model_leaves_the_others_running(cloud: Cloud) -> None:
    cloud.run()
    cloud.release()
    assert cloud.sweep(now=NOW + GRACE, model_arn="arn:of:another") == 0
    assert cloud.status == "RUNNING"


def test_a_model_that_was_deleted_does_not_stop_the_sweep(cloud: Cloud) -> None:
    second = MODEL.model_copy(update={"arn": "arn:second"})
    for model in (MODEL, second):
        cloud.leases.acquire(model, JOB, now=NOW, expires_at=NOW)
        cloud.leases.begin_run(model.arn, now=NOW)
    cloud.models.status_of = {second.arn: "RUNNING"}
    assert cloud.sweep(now=NOW + GRACE) == 1


def test_a_job_that_comes_while_its_model_is_being_stopped_waits_for_it(cloud: Cloud) -> None:
    cloud.run()
    cloud.release()
    (known,) = cloud.leases.models()
    assert cloud.leases.claim_stop(known, now=NOW + GRACE)
    assert not cloud.start(OTHER, now=NOW + GRACE).ready


@pytest.mark.parametrize(("frames", "units"), [(0, 1), (3_000, 1), (3_001, 2), (9_000, 3), (10**6, LIMIT)])
def test_a_model_starts_on_the_units_that_its_frames_need(cloud: Cloud, frames: int, units: int) -> None:
    cloud.start(frames=frames)
    assert cloud.models.started == [(MODEL.arn, Units(least=units, most=LIMIT))]


def test_a_model_that_runs_tells_what_it_runs_on_whoever_chose_it(cloud: Cloud) -> None:
    cloud.start(frames=6_000)
    assert cloud.start().units is None
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    assert cloud.start(OTHER, frames=1).units == 2


def test_a_measured_model_is_started_on_what_its_speed_asks_for(cloud: Cloud) -> None:
    cloud.run()
    cloud.release(looked=release_model.Looked(frames=1_000, seconds=50, units=2))
    known = cloud.leases.known(MODEL.arn)
    assert known is not None
    assert known.frames_per_second == 10
    cloud.models.status_of[MODEL.arn] = "STOPPED"
    cloud.start(frames=12_000)
    assert cloud.models.started[-1] == (MODEL.arn, Units(least=2, most=LIMIT))


def test_a_run_that_somebody_else_began_is_never_stopped_though_jobs_use_it(cloud: Cloud) -> None:
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    assert cloud.start().ready
    cloud.release()
    assert cloud.sweep(now=NOW + GRACE, model_arn=MODEL.arn) == 0
    assert cloud.sweep(now=NOW + timedelta(days=1)) == 0
    assert cloud.status == "RUNNING"


@pytest.mark.parametrize("seen", ["STOPPING", "STOPPED", "STARTING"])
def test_a_run_of_ours_that_somebody_ended_and_began_again_is_theirs(cloud: Cloud, seen: str) -> None:
    cloud.run()
    cloud.release()
    cloud.models.status_of[MODEL.arn] = seen
    assert cloud.sweep(now=NOW + GRACE) == 0
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    assert cloud.sweep(now=NOW + timedelta(hours=1)) == 0


def test_a_start_of_ours_that_takes_long_stays_ours(cloud: Cloud) -> None:
    cloud.start()
    cloud.release()
    assert cloud.sweep(now=NOW + timedelta(minutes=29)) == 0
    cloud.models.status_of[MODEL.arn] = "RUNNING"
    assert cloud.sweep(now=NOW + timedelta(minutes=30)) == 1


def test_a_start_that_is_only_just_asked_for_is_not_forgotten_though_the_model_still_stands(
    cloud: Cloud,
) -> None:
    cloud.leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    cloud.leases.begin_run(MODEL.arn, now=NOW)
    cloud.sweep(now=NOW + timedelta(minutes=1))
    known = cloud.leases.known(MODEL.arn)
    assert known is not None
    assert known.run_began == NOW


class Models(RuleBasedStateMachine):
    """Jobs that come, go and die, a sweeper, and time."""

    def __init__(self) -> None:
        super().__init__()
        self.cloud = Cloud()
        self.now = NOW
        self.next_job = 0
        self.alive: list[Job] = []
        self.needed_until = NOW
        self.by_hand = False

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

    @rule()
    def somebody_starts_the_model_by_hand(self) -> None:
        if self.cloud.status == "STOPPED":
            self.cloud.models.status_of[MODEL.arn] = "RUNNING"
            self.by_hand = True

    @rule()
    def somebody_stops_the_model_by_hand(self) -> None:
        """And the sweeper looks before it is started again: on AWS a start takes minutes."""
        if self.cloud.status == "RUNNING" and not self.cloud.leases.live(MODEL.arn, now=self.now):
            self.cloud.models.status_of[MODEL.arn] = "STOPPED"
            self.by_hand = False
            self.now += self.cloud.leases.CLAIM + timedelta(seconds=1)
            self.cloud.sweep(now=self.now)

    @rule(minutes=st.integers(1, 20))
    def time_passes_for_the_sweeper_too(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.cloud.sweep(now=self.now)

    @invariant()
    def no_model_runs_that_nobody_needed_for_the_grace_time(self) -> None:
        if not self.by_hand and self.now >= self.needed_until + GRACE + timedelta(minutes=20):
            assert self.cloud.status != "RUNNING"

    @invariant()
    def a_model_started_by_hand_runs_until_a_hand_stops_it(self) -> None:
        if self.by_hand:
            assert self.cloud.status == "RUNNING"

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
