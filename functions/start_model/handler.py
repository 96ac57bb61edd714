"""Serves the state `EnsureRunning` of the machine `model-start`, once a poll.

Input: {job, model, frames}, the frames to look at. Takes or renews the job's lease, then starts the model if
it stands still, on as many inference units as the frames need. Output: {ready, status, units}: `ready` once
the model answers, else it is worth another look. Errors: `ModelFailed` for a state that no waiting mends,
`JobCanceled` once the job has ended, `InvalidInput`, `NotFound`, `Throttled`, `ServiceUnavailable`,
`AccessRefused`.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import Field

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.rekognition import RekognitionModels
from brandlens.errors import JobCanceled, ModelFailed
from brandlens.events import ModelStarted
from brandlens.inference import Units, units_for
from brandlens.jobs import Job, Model, Value
from brandlens.leases import begin_run
from brandlens.ports import EventBus, JobStore, LeaseStore, ModelControl
from brandlens.settings import StartModelSettings
from functions.runtime import entry

_STANDING = frozenset({"TRAINING_COMPLETED", "STOPPED"})
_ON_THE_WAY = frozenset({"STARTING", "STOPPING"})


class StartModel(Value):
    job: Job
    model: Model
    frames: int = Field(ge=0)


class ModelState(Value):
    """`status` is one of Rekognition's project version states, `units` what a model that is ready runs on."""

    ready: bool
    status: str
    units: int | None = None


@dataclass(frozen=True)
class Deps:
    models: ModelControl
    leases: LeaseStore
    jobs: JobStore
    bus: EventBus
    unit_limit: int
    target: timedelta
    lease: timedelta


@cache
def _deps() -> Deps:
    settings = StartModelSettings.read(os.environ)
    return Deps(
        models=RekognitionModels(),
        leases=ModelsTable(settings.models_table),
        jobs=JobsTable(settings.jobs_table),
        bus=EventBridgeBus(settings.event_bus),
        unit_limit=settings.max_inference_units,
        target=settings.target,
        lease=settings.lease,
    )


@entry(StartModel)
def lambda_handler(event: StartModel, _: LambdaContext) -> ModelState:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: StartModel, deps: Deps, *, now: datetime) -> ModelState:
    job, model = event.job, event.model
    deps.jobs.enter_step(job.job_id, "start model", total=None, now=now)
    ours = deps.leases.acquire(model, job, now=now, expires_at=now + deps.lease)
    # Looked at after the lease is taken: a failed job's leases are released after it has ended, so whichever
    # comes second, that release or this look, leaves no lease behind.
    record = deps.jobs.get(job.job_id)
    if record is not None and record.state.is_terminal:
        deps.leases.release(model.arn, job.job_id, now=now)
        raise JobCanceled(f"Job {job.job_id} needs no model", f"it has ended {record.state.value}")
    if not ours:
        return ModelState(ready=False, status="STOPPING")
    status = deps.models.status(model)
    if status == "RUNNING":
        _seen_running(model, deps)
        return ModelState(ready=True, status=status, units=deps.models.units(model))
    if status in _STANDING:
        _start(event, deps, now)
    elif status not in _ON_THE_WAY:
        raise ModelFailed(
            f"Model version {model.version} cannot be asked",
            f"its status is {status}",
            "Train the project again, or make another version its active one",
        )
    return ModelState(ready=False, status=status)


def _start(event: StartModel, deps: Deps, now: datetime) -> None:
    units = _units(event, deps)
    if begin_run(deps.models, deps.leases, event.model, units, now=now):
        deps.bus.publish(
            ModelStarted(
                job_id=event.job.job_id,
                project=event.job.project,
                source=event.job.source,
                occurred_at=now,
                model_arn=event.model.arn,
                inference_units=units.least,
            )
        )


def _units(event: StartModel, deps: Deps) -> Units:
    known = deps.leases.known(event.model.arn)
    speed = None if known is None else known.frames_per_second
    return units_for(event.frames, frames_per_second=speed, target=deps.target, limit=deps.unit_limit)


def _seen_running(model: Model, deps: Deps) -> None:
    known = deps.leases.known(model.arn)
    if known is not None:
        deps.leases.see_run(known)
