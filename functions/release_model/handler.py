"""Serves the state `ReleaseModel` of the machines `analysis-image` and `analysis-video`.

Input: {job, model}. Output: {leases_left}. After the last lease the model's stop is scheduled for the end
of its grace time. Errors: `InvalidInput`, `Throttled`, `ServiceUnavailable`, `AccessRefused`.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.scheduler import SchedulerStops
from brandlens.jobs import Job, Model, Value
from brandlens.leases import release
from brandlens.ports import LeaseStore, StopScheduler
from brandlens.settings import ReleaseModelSettings
from functions.runtime import entry


class ReleaseModel(Value):
    job: Job
    model: Model


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
    left = release(deps.leases, deps.stops, event.model.arn, event.job.job_id, grace=deps.grace, now=now)
    return Released(leases_left=left)
