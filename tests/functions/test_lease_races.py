"""What comes of a model when those who start it and those who stop it come at the same time.

Every order of their steps is tried, for two of them, and those with three interruptions for three. In each,
no model is stopped under a job that was told it is ready, each job is served, and once nobody holds a lease
the model stands within its grace time and five minutes. So it does when one dies, at whatever step.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from brandlens.adapters.models_table import CLAIM
from infra.functions import FUNCTIONS
from tests.fakes.leases import FakeLeases
from tests.functions.lease_world import (
    FIRST,
    GRACE,
    LATER,
    SECOND,
    Scene,
    World,
    release_and_acquire,
    stop_and_renewal,
    stop_and_start,
)
from tests.interleavings import Actor, every_order, run_for
from tests.jobs import NOW


def play(status: str, scene: Scene, *, preemptions: int | None = None, needed_until: datetime = LATER) -> int:
    """Try the scene in every order; then serve both jobs that are not over, and see the model stand."""

    def scenario() -> tuple[Sequence[Actor], Callable[[], None]]:
        world = World(status)
        actors = scene(world)

        def check() -> None:
            world.service.settle()
            now = needed_until + CLAIM
            for who in (FIRST, SECOND):
                record = world.records.get(who.job_id)
                if record is not None and not record.state.is_terminal:
                    now = world.serve_and_go(who, now=now)
            world.stands_in_time(last_needed=now)

        return actors, check

    return every_order(scenario, preemptions=preemptions)


def test_a_release_beside_an_acquisition() -> None:
    assert play("RUNNING", release_and_acquire) > 100


def test_a_stop_beside_a_start() -> None:
    assert play("RUNNING", stop_and_start) > 100


def test_two_sweepers_stop_a_model_once() -> None:
    stops = []

    def scene(world: World) -> Sequence[Actor]:
        world.idle_since(NOW)
        stops.append(world.service)
        return [lambda: world.sweep(now=LATER), lambda: world.sweep(now=LATER + timedelta(seconds=1))]

    assert play("RUNNING", scene) > 100
    # And once more when the scene's jobs, who came afterwards, have gone.
    assert {service.stops for service in stops} == {2}


def test_two_sweepers_beside_an_acquisition() -> None:
    def scene(world: World) -> Sequence[Actor]:
        world.idle_since(NOW)
        return [
            lambda: world.sweep(now=LATER),
            lambda: world.sweep(now=LATER),
            lambda: world.poll(SECOND, now=LATER),
        ]

    assert play("RUNNING", scene, preemptions=3) > 100


def test_a_sweeper_that_is_slow_to_stop_beside_a_job_that_starts_the_model_again() -> None:
    def scene(world: World) -> Sequence[Actor]:
        world.idle_since(NOW)

        def job_that_polls() -> None:
            for seconds in range(0, 90, 30):
                world.poll(SECOND, now=LATER + timedelta(seconds=seconds))
                world.service.settle()

        return [lambda: world.sweep(now=LATER), lambda: world.sweep(now=LATER), job_that_polls]

    assert play("RUNNING", scene, preemptions=3) > 100


def test_a_sweeper_beside_a_lease_that_is_renewed_just_after_it_expired() -> None:
    assert play("RUNNING", stop_and_renewal) > 50


@pytest.mark.parametrize("status", ["STARTING", "STOPPING", "STOPPED"])
def test_a_sweeper_beside_an_acquisition_of_a_model_on_its_way(status: str) -> None:
    def scene(world: World) -> Sequence[Actor]:
        world.idle_since(NOW)
        return [
            lambda: world.sweep(now=LATER),
            lambda: world.poll(SECOND, now=LATER),
            world.service.settle,
        ]

    assert play(status, scene, preemptions=3) > 50


@pytest.mark.parametrize("status", ["STOPPED", "RUNNING"])
def test_a_job_that_is_canceled_while_it_takes_its_lease_beside_a_sweeper(status: str) -> None:
    def scene(world: World) -> Sequence[Actor]:
        world.idle_since(NOW)
        return [
            lambda: world.cancel(SECOND, now=LATER),
            lambda: world.poll(SECOND, now=LATER),
            lambda: world.sweep(now=LATER),
        ]

    assert play(status, scene, preemptions=3) > 100


def test_two_jobs_that_start_one_model_start_it_once_and_it_is_ours() -> None:
    worlds = []

    def scene(world: World) -> Sequence[Actor]:
        worlds.append(world)
        return [lambda: world.poll(FIRST), lambda: world.poll(SECOND)]

    assert play("TRAINING_COMPLETED", scene, preemptions=3) > 100
    for world in worlds:
        assert world.bus.detail_types[0] == "Model Started"
        # One start, and one stop when both have gone.
        assert world.bus.detail_types.count("Model Started") == world.bus.detail_types.count("Model Stopped")


def test_a_model_that_somebody_started_by_hand_is_stopped_in_no_order() -> None:
    services = []

    def scenario() -> tuple[Sequence[Actor], Callable[[], None]]:
        world = World("RUNNING")
        world.leased_by(FIRST, ours=False)
        services.append(world.service)

        def check() -> None:
            for minutes in range(0, 60, 5):
                world.sweep(now=LATER + timedelta(minutes=minutes))
            assert (world.status, world.service.stops) == ("RUNNING", 0)

        actors = [
            lambda: world.release(FIRST),
            lambda: world.sweep(now=LATER),
            lambda: world.poll(SECOND, now=LATER),
        ]
        return actors, check

    assert every_order(scenario, preemptions=3) > 100


def test_a_stop_that_was_scheduled_harms_no_lease_whenever_it_fires() -> None:
    """Nothing withdraws the one-time schedule: it fires, finds the lease, and lets the model be."""

    def scene(world: World) -> Sequence[Actor]:
        world.leased_by(FIRST, ours=True)
        world.release(FIRST)

        def two_jobs() -> None:
            world.poll(SECOND, now=LATER)
            world.renew(SECOND, now=LATER + timedelta(seconds=30))

        (fires,) = world.stops.at.values()
        return [lambda: world.sweep(now=fires + timedelta(seconds=1)), two_jobs]

    assert play("RUNNING", scene) > 100


DEATHS: dict[str, tuple[str, Callable[[World], object]]] = {
    "starting the model": ("STOPPED", lambda world: world.poll(FIRST)),
    "taking a lease": ("RUNNING", lambda world: world.poll(SECOND)),
    "renewing it": ("RUNNING", lambda world: world.renew(FIRST, now=NOW)),
    "letting it go": ("RUNNING", lambda world: world.release(FIRST)),
    "recording a failure": ("RUNNING", lambda world: world.cancel(FIRST)),
    "sweeping": ("RUNNING", lambda world: world.sweep(now=NOW)),
}


@pytest.mark.parametrize("work", DEATHS)
def test_whoever_dies_at_whatever_step_the_model_stands_in_time(work: str) -> None:
    status, act = DEATHS[work]

    def dies_after(steps: int) -> bool:
        """Have it die there; say whether it was over by then."""
        world = World(status)
        if status == "RUNNING":
            world.leased_by(FIRST, ours=True, now=NOW - GRACE if work == "sweeping" else NOW)
            world.ready.clear()
        over = run_for(lambda: act(world), steps)
        world.ready.clear()  # Nobody who was told so goes on.
        world.stands_in_time(last_needed=NOW)
        return over

    assert next(steps for steps in range(100) if dies_after(steps)) >= 2


def test_a_claim_outlasts_every_function_that_may_have_made_it() -> None:
    slack = timedelta(seconds=30)
    for spec in FUNCTIONS:
        if spec.name in ("start_model", "stop_idle_models"):
            assert timedelta(seconds=spec.timeout_seconds) + slack < CLAIM
    assert FakeLeases.CLAIM == CLAIM
