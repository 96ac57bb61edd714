"""Models that people start and stop by hand, beside the jobs that need them."""

from datetime import timedelta

import pytest

from brandlens.cli.model_runs import cost_by_hand, start_model, stop_by_hand
from brandlens.cost import published_prices
from brandlens.errors import ModelFailed, ModelNotReady
from brandlens.events import ModelStarted, ModelStopped
from brandlens.model_runs import ModelHouse, stop_model
from tests.fakes.leases import FakeLeases
from tests.fakes.models import FakeModels
from tests.fakes.workflows import FakeBus
from tests.jobs import MODEL, NOW, job

HOLD = timedelta(hours=2)


class World:
    def __init__(self, status: str) -> None:
        self.models = FakeModels({MODEL.arn: status})
        self.leases, self.bus = FakeLeases(), FakeBus()
        self.house = ModelHouse(self.models, self.leases, self.bus, now=lambda: NOW, sleep=self._sleep)

    def _sleep(self, _seconds: float) -> None:
        self.models.status_of[MODEL.arn] = "RUNNING"

    def start(self, hold: timedelta = HOLD) -> None:
        start_model(MODEL, "cup", self.house, lambda step, done, total: None, hold=hold)

    def stop(self) -> int:
        return stop_model(MODEL, "cup", self.house)

    def told_of_stop(self) -> str:
        return stop_by_hand(MODEL, "cup", self.house)

    @property
    def status(self) -> str:
        return self.models.status_of[MODEL.arn]


def test_a_model_started_by_hand_runs_and_is_held_for_as_long_as_asked_and_no_longer() -> None:
    world = World("STOPPED")
    world.start()
    assert world.status == "RUNNING"
    assert world.leases.live(MODEL.arn, now=NOW + HOLD - timedelta(seconds=1)) == 1
    assert world.leases.live(MODEL.arn, now=NOW + HOLD) == 0
    (started,) = world.bus.events
    assert isinstance(started, ModelStarted)


def test_starting_it_again_changes_how_long_it_is_held_and_holds_it_once() -> None:
    world = World("RUNNING")
    world.start()
    world.start(timedelta(minutes=10))
    assert world.leases.live(MODEL.arn, now=NOW) == 1
    assert world.leases.live(MODEL.arn, now=NOW + timedelta(minutes=10)) == 0
    assert not world.bus.events


def test_a_model_that_was_not_trained_does_not_start() -> None:
    with pytest.raises(ModelFailed, match="cannot run: it is in the state TRAINING_FAILED"):
        World("TRAINING_FAILED").start()


def test_a_stop_by_hand_ends_the_hold_and_the_model() -> None:
    world = World("STOPPED")
    world.start()
    assert world.stop() == 0
    assert world.status == "STOPPING"
    assert world.leases.live(MODEL.arn, now=NOW) == 0
    assert isinstance(world.bus.events[-1], ModelStopped)
    assert not world.leases.stopping


def test_a_model_that_jobs_need_is_left_to_them() -> None:
    world = World("STOPPED")
    world.start()
    world.leases.acquire(MODEL, job(), now=NOW, expires_at=NOW + HOLD)
    assert world.stop() == 1
    assert world.status == "RUNNING"
    world.leases.release(MODEL.arn, job().job_id, now=NOW)
    assert world.stop() == 0


@pytest.mark.parametrize("status", ["STOPPED", "STOPPING", "TRAINING_COMPLETED"])
def test_stopping_what_stands_still_does_nothing(status: str) -> None:
    world = World(status)
    assert world.stop() == 0
    assert (world.status, world.bus.events) == (status, [])


def test_a_model_that_is_still_starting_says_so_and_may_be_leased_again_at_once() -> None:
    world = World("STARTING")
    with pytest.raises(ModelNotReady, match="still starting"):
        world.stop()
    assert world.leases.acquire(MODEL, job(), now=NOW, expires_at=NOW + HOLD)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("RUNNING", "is being stopped"),
        ("STOPPING", "is being stopped"),
        ("STOPPED", "does not run"),
        ("TRAINING_COMPLETED", "does not run"),
    ],
)
def test_whoever_stops_a_model_is_told_what_becomes_of_it(status: str, told: str) -> None:
    assert World(status).told_of_stop() == f"Model version {MODEL.version} {told}"


@pytest.mark.parametrize(("jobs", "told"), [(1, "a job needs it"), (2, "2 jobs need it")])
def test_whoever_stops_a_model_that_jobs_need_is_told_so(jobs: int, told: str) -> None:
    world = World("RUNNING")
    for number in range(jobs):
        holder = job().model_copy(update={"job_id": str(number)})
        world.leases.acquire(MODEL, holder, now=NOW, expires_at=NOW + HOLD)
    assert world.told_of_stop() == (
        f"Model version {MODEL.version} is not stopped yet: {told}, and it stops after"
    )


@pytest.mark.parametrize(
    ("paid", "begins"), [(True, "A running model costs"), (False, "On AWS a running model would cost")]
)
def test_whoever_starts_a_model_is_told_what_it_costs(paid: bool, begins: str) -> None:
    said = cost_by_hand(timedelta(minutes=90), published_prices(), paid=paid)
    assert said.startswith(f"{begins} $4.00 an hour per inference unit: $6.00 at most for 90 minutes of one")
