"""Serves the state `ReleaseModel` of the machines `analysis-image` and `analysis-video`.

Input: {job, model, looked}: what the job had the model look at, null where that tells nothing of its speed.
Output: {leases_left}. After the last lease the model's stop is scheduled for the end of its grace time.
Errors: `InvalidInput`, `Throttled`, `ServiceUnavailable`, `AccessRefused`.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import Field

from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.scheduler import SchedulerStops
from brandlens.inference import measured_speed
from brandlens.jobs import Job, Model, Value
from brandlens.leases import release
from brandlens.ports import LeaseStore, StopScheduler
from brandlens.settings import ReleaseModelSettings
from functions.runtime import entry


class Looked(Value):
    """`frames` that were looked at in `seconds` by a model that runs on `units`."""

    frames: int = Field(ge=0)
    seconds: float
    units: int = Field(ge=1)


class ReleaseModel(Value):
    job: Job
    model: Model
    looked: Looked | None = None


class Released(Value):
    leases_left: int


@dataclass(frozen=True)
class Deps:
    leases: LeaseStore
    stops: StopScheduler
    grace: timedelta


@cache
def _deps() -> Deps:
    settings = ReleaseModelSettings.read(os.environ)
    return Deps(
        leases=ModelsTable(settings.models_table),
        stops=SchedulerStops(
            group=settings.scheduler_group,
            role_arn=settings.scheduler_role_arn,
            function_arn=settings.stop_function_arn,
        ),
        grace=settings.grace,
    )


@entry(ReleaseModel)
def lambda_handler(event: ReleaseModel, _: LambdaContext) -> Released:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: ReleaseModel, deps: Deps, *, now: datetime) -> Released:
    model_arn = event.model.arn
    left = release(deps.leases, deps.stops, model_arn, event.job.job_id, grace=deps.grace, now=now)
    if event.looked is not None:
        _measure(event.looked, model_arn, deps.leases)
    return Released(leases_left=left)


def _measure(looked: Looked, model_arn: str, leases: LeaseStore) -> None:
    known = leases.known(model_arn)
    before = None if known is None else known.frames_per_second
    speed = measured_speed(before, frames=looked.frames, seconds=looked.seconds, units=looked.units)
    if speed is not None and speed != before:
        leases.measured(model_arn, speed)
