"""Has models run, and stops them, for people: under a lease, as for a job, so that none is ever forgotten."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from brandlens.errors import ModelFailed, ModelNotReady
from brandlens.events import ModelStarted, ModelStopped
from brandlens.inference import Units
from brandlens.jobs import Job, Model, Source
from brandlens.leases import begin_run, end_run
from brandlens.ports import EventBus, LeaseStore, ModelControl

ONE_UNIT = Units(least=1, most=1)
"""Pictures are asked about one by one, so more would idle."""

_BY_HAND = "models-start"
"""Holds the lease of a model that was started by hand, whoever did it."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class ModelHouse:
    """Where a stack's models are started, leased and spoken of."""

    models: ModelControl
    leases: LeaseStore
    bus: EventBus
    now: Callable[[], datetime] = _utc_now
    sleep: Callable[[float], None] = time.sleep


def holder_by_hand(project: str, now: datetime) -> Job:
    """Return who holds a model that was started by hand."""
    # No dropped object asks for this; leases are kept by the id alone.
    return Job(job_id=_BY_HAND, project=project, source=Source(bucket="", key="", version=""), started_at=now)


def ask_to_run(model: Model, holder: Job, house: ModelHouse, *, lease: timedelta) -> str:
    """Take or renew the holder's lease, start the model if it stands still, and return its status.

    STOPPING where the model is being stopped: it can be asked for again once it is. Raises `ModelFailed` for
    a model in a state that no waiting mends, `NotFound` for one that was deleted.
    """
    now = house.now()
    # A model that is being stopped is not ours yet, whatever its status says.
    if not house.leases.acquire(model, holder, now=now, expires_at=now + lease):
        return "STOPPING"
    status = house.models.status(model)
    if status in ("STOPPED", "TRAINING_COMPLETED"):
        if begin_run(house.models, house.leases, model, ONE_UNIT, now=now):
            house.bus.publish(_started(model, holder.project, now))
        return "STARTING"
    if status not in ("STARTING", "RUNNING", "STOPPING"):
        raise ModelFailed(
            f"Model version {model.version} cannot run",
            f"it is in the state {status}",
            "Train the project again",
        )
    return status


def stop_model(model: Model, project: str, house: ModelHouse) -> int:
    """Give up the hold, and stop the model unless jobs need it; return how many do.

    `ModelNotReady` while the model is starting: only running ones can be stopped.
    """
    now = house.now()
    house.leases.release(model.arn, _BY_HAND, now=now)
    if needed_by := house.leases.live(model.arn, now=now):
        return needed_by
    status = house.models.status(model)
    if status == "STARTING":
        raise ModelNotReady(
            f"Model version {model.version} is not stopped",
            "it is still starting, and only running models can be stopped",
            "Wait: nobody holds it, so it is stopped some minutes after it runs",
        )
    if status == "RUNNING":
        known = house.leases.known(model.arn)
        if known is None:
            house.models.stop(model)
        elif not end_run(house.models, house.leases, known, now=now):
            return 1
        house.bus.publish(
            ModelStopped(job_id=None, project=project, source=None, occurred_at=now, model_arn=model.arn)
        )
    return 0


def _started(model: Model, project: str, now: datetime) -> ModelStarted:
    return ModelStarted(
        job_id=None,
        project=project,
        source=None,
        occurred_at=now,
        model_arn=model.arn,
        inference_units=ONE_UNIT.least,
    )
