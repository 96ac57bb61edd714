"""A model, the functions that start and stop it, and what must never happen to it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from brandlens.errors import JobCanceled
from brandlens.jobs import Job, JobState
from brandlens.leases import release
from brandlens.ports import LeaseStore
from functions.release_model import handler as release_model
from functions.start_model import handler as start_model
from functions.stop_idle_models import handler as stop_idle_models
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.fakes.models import FakeModels
from tests.fakes.workflows import FakeBus, FakeStops
from tests.interleavings import Actor, Stepped, pause
from tests.jobs import MODEL, NOW, job

GRACE = timedelta(minutes=5)
LEASE = timedelta(minutes=5)
LATER = NOW + GRACE + timedelta(seconds=1)
"""When a model that was let go at `NOW` may be stopped."""
FIRST, SECOND = job(), job("inbox/cup/analyze/second.mp4")


class WatchedModels(FakeModels):
    """A model that tells if it is stopped while a job that was told it is ready holds a lease on it."""

    def __init__(self, status: str, leases: LeaseStore) -> None:
        super().__init__({MODEL.arn: status})
        self.ready: set[str] = set()
        """Ids of jobs that were told so, and have not let the model go."""
        self.stops = 0
        self._leases = leases

    def stop(self, model: Any) -> None:
        if self.status_of[model.arn] == "RUNNING":
            served = [job_id for job_id in self.ready if self._leases.held_by(job_id)]
            assert not served, f"stopped under {served}"
            self.stops += 1
            super().stop(model)

    def settle(self) -> None:
        """Let what is on its way arrive."""
        arrived = {"STARTING": "RUNNING", "STOPPING": "STOPPED"}
        self.status_of[MODEL.arn] = arrived.get(self.status_of[MODEL.arn], self.status_of[MODEL.arn])


class World:
    """Every call of a port is a step, and so are the writes of one call.

    Besides those that cannot matter: noting what a job is at, and looking up how fast its model is.
    """

    def __init__(self, status: str, table: LeaseStore | None = None) -> None:
        self.plain = table or FakeLeases(between=pause)
        self.service = WatchedModels(status, self.plain)
        self.ready = self.service.ready
        self.bus, self.stops, self.records = FakeBus(), FakeStops(), FakeJobs()
        self.models: Any = Stepped(self.service)
        self.leases: Any = table or Stepped(self.plain, besides=("known", "see_run"))
        self.jobs: Any = Stepped(self.records, besides=("enter_step",))
        for one in (FIRST, SECOND):
            self.records.receive(one, "analysis")

    @property
    def status(self) -> str:
        return self.service.status_of[MODEL.arn]

    def leased_by(self, who: Job, *, ours: bool, now: datetime = NOW) -> None:
        """Begin with a model that was started, by us or by somebody else, and that the job uses."""
        self.plain.acquire(MODEL, who, now=now, expires_at=now + LEASE)
        if ours:
            self.plain.begin_run(MODEL.arn, now=now)
        self.ready.add(who.job_id)

    def idle_since(self, moment: datetime, *, ours: bool = True) -> None:
        """Begin with a model that was used until then."""
        self.leased_by(FIRST, ours=ours, now=moment)
        self.release(FIRST, now=moment)

    def poll(self, who: Job, *, now: datetime = NOW) -> bool:
        deps = start_model.Deps(
            self.models, self.leases, self.jobs, self.bus, 2, timedelta(minutes=30), LEASE
        )
        with suppress(JobCanceled):
            if start_model.handle(
                start_model.StartModel(job=who, model=MODEL, frames=1), deps, now=now
            ).ready:
                self.ready.add(who.job_id)
                return True
        return False

    def renew(self, who: Job, *, now: datetime) -> None:
        """As detection does before it asks the model."""
        held = self.leases.renew(MODEL.arn, who.job_id, now=now, expires_at=now + LEASE)
        (self.ready.add if held else self.ready.discard)(who.job_id)

    def release(self, who: Job, *, now: datetime = NOW) -> None:
        self.ready.discard(who.job_id)
        deps = release_model.Deps(self.leases, self.stops, GRACE)
        release_model.handle(release_model.ReleaseModel(job=who, model=MODEL), deps, now=now)

    def cancel(self, who: Job, *, now: datetime = NOW) -> None:
        """As `record_failure` does: the job ends, then lets go what it holds."""
        self.ready.discard(who.job_id)
        self.jobs.finish(who.job_id, JobState.CANCELED, now=now)
        for arn in self.leases.held_by(who.job_id):
            release(self.leases, self.stops, arn, who.job_id, grace=GRACE, now=now)

    def sweep(self, *, now: datetime) -> None:
        deps = stop_idle_models.Deps(self.models, self.leases, self.bus, GRACE)
        stop_idle_models.handle(stop_idle_models.StopIdleModels(), deps, now=now)

    def serve_and_go(self, who: Job, *, now: datetime) -> datetime:
        """Let the job poll until its model is ready, and release it then; return when."""
        for _ in range(20):
            if self.poll(who, now=now):
                self.release(who, now=now)
                return now
            self.service.settle()
            now += timedelta(seconds=30)
        raise AssertionError("the job is never served")

    def stands_in_time(self, *, last_needed: datetime) -> None:
        """Nobody holds a lease: the sweeps within the grace time and five minutes more stop the model."""
        self.service.settle()
        for minutes in (5, 10):
            self.sweep(now=last_needed + timedelta(minutes=minutes))
            self.service.settle()
        assert self.status in ("STOPPED", "TRAINING_COMPLETED"), self.status


Scene = Callable[[World], Sequence[Actor]]
"""Makes of a world the actors who meet in it."""


def release_and_acquire(world: World) -> Sequence[Actor]:
    world.leased_by(FIRST, ours=True)
    return [lambda: world.release(FIRST), lambda: world.poll(SECOND)]


def stop_and_start(world: World) -> Sequence[Actor]:
    world.idle_since(NOW)
    return [lambda: world.sweep(now=LATER), lambda: world.poll(SECOND, now=LATER)]


def stop_and_renewal(world: World) -> Sequence[Actor]:
    world.leased_by(FIRST, ours=True)
    world.ready.clear()  # The lease is over: until it is renewed, nobody relies on it.
    expired = NOW + LEASE + timedelta(seconds=1)
    return [lambda: world.sweep(now=expired), lambda: world.renew(FIRST, now=expired)]
