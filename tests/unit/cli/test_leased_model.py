from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from brandlens.cli.leased_model import LEASE, START_PATIENCE, leased
from brandlens.errors import ModelFailed, ModelStartTimeout, NotFound
from brandlens.events import ModelStarted
from brandlens.model_runs import ONE_UNIT, ModelHouse
from brandlens.ports import Detector
from tests.fakes.leases import FakeLeases
from tests.fakes.models import FakeDetector, FakeModels
from tests.fakes.workflows import FakeBus
from tests.jobs import MODEL, NOW


@dataclass
class World:
    """A model, and a clock that only moves while somebody sleeps."""

    models: FakeModels
    starts_at: timedelta = timedelta(minutes=8)
    leases: FakeLeases = field(default_factory=FakeLeases)
    bus: FakeBus = field(default_factory=FakeBus)
    now: datetime = NOW
    reported: list[str] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        if self.models.started and self.now >= NOW + self.starts_at:
            self.models.status_of[MODEL.arn] = "RUNNING"

    @property
    def house(self) -> ModelHouse:
        return ModelHouse(self.models, self.leases, self.bus, now=lambda: self.now, sleep=self.sleep)

    def leased(self, detector: Detector) -> AbstractContextManager[Detector]:
        return leased(
            detector, MODEL, "cup", self.house, lambda step, done, total: self.reported.append(step)
        )

    @property
    def live(self) -> int:
        return self.leases.live(MODEL.arn, now=self.now)


def world(status: str) -> World:
    return World(FakeModels({MODEL.arn: status}))


@pytest.mark.parametrize("standing", ["STOPPED", "TRAINING_COMPLETED"])
def test_a_standing_model_is_started_once_and_announced(standing: str) -> None:
    cloud = world(standing)
    with cloud.leased(FakeDetector()):
        assert cloud.models.status_of[MODEL.arn] == "RUNNING"
        assert cloud.live == 1
    assert cloud.models.started == [(MODEL.arn, ONE_UNIT)]
    (event,) = cloud.bus.events
    assert isinstance(event, ModelStarted)
    assert (event.model_arn, event.project, event.job_id) == (MODEL.arn, "cup", None)
    assert set(cloud.reported) == {"Starting the model"}


def test_a_running_model_is_asked_at_once() -> None:
    cloud = world("RUNNING")
    detector = FakeDetector()
    with cloud.leased(detector) as asked:
        asked.detect(b"picture", min_confidence=1)
    assert detector.asked == [(b"picture", 1)]
    assert (cloud.models.started, cloud.bus.events, cloud.reported) == ([], [], [])


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_the_lease_is_given_back_however_the_work_ends(error: type[BaseException]) -> None:
    cloud = world("RUNNING")
    with pytest.raises(error), cloud.leased(FakeDetector()):
        raise error
    assert cloud.live == 0
    assert [known.model for known in cloud.leases.models()] == [MODEL]


def test_the_lease_is_renewed_while_the_model_is_asked_and_expires_once_it_is_not() -> None:
    cloud = world("RUNNING")
    with cloud.leased(FakeDetector()) as asked:
        for _ in range(10):
            cloud.now += LEASE / 3
            asked.detect(b"picture", min_confidence=1)
            assert cloud.live == 1
        cloud.now += LEASE
        assert cloud.live == 0


def test_a_model_that_is_being_stopped_is_started_again_once_it_stands() -> None:
    cloud = world("RUNNING")
    # Somebody has taken its stop on, and has not asked for it yet.
    cloud.leases.stopping[MODEL.arn] = NOW

    def sleep(seconds: float, world_sleep: Callable[[float], None] = cloud.sleep) -> None:
        if MODEL.arn in cloud.leases.stopping:
            cloud.models.status_of[MODEL.arn] = "STOPPED"
            cloud.leases.stopped(MODEL.arn, claimed_at=NOW)
        world_sleep(seconds)

    house = ModelHouse(cloud.models, cloud.leases, cloud.bus, now=lambda: cloud.now, sleep=sleep)
    with leased(FakeDetector(), MODEL, "cup", house, lambda step, done, total: None):
        assert cloud.models.started == [(MODEL.arn, ONE_UNIT)]


def test_a_model_that_cannot_start_is_told_at_once() -> None:
    cloud = world("FAILED")
    with pytest.raises(ModelFailed, match="it is in the state FAILED"), cloud.leased(FakeDetector()):
        pass
    assert (cloud.live, cloud.now) == (0, NOW)


def test_a_model_that_was_deleted_is_told() -> None:
    cloud = World(FakeModels())
    with pytest.raises(NotFound), cloud.leased(FakeDetector()):
        pass
    assert cloud.live == 0


def test_a_model_that_does_not_come_up_is_given_up() -> None:
    cloud = world("STOPPED")
    cloud.starts_at = 2 * START_PATIENCE
    with pytest.raises(ModelStartTimeout, match="40 minutes"), cloud.leased(FakeDetector()):
        pass
    assert cloud.live == 0


def test_two_commands_hold_leases_of_their_own() -> None:
    cloud = world("RUNNING")
    with cloud.leased(FakeDetector()):
        with cloud.leased(FakeDetector()):
            assert cloud.live == 2
        assert cloud.live == 1
