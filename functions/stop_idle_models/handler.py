"""Stops models that nobody needs: the target of one-time schedules (one model) and of the sweeper (all of
ours). A run that somebody else began is left alone.

Input: {model_arn} from a schedule; anything else, such as the sweeper's own event, means every model.
Output: {looked_at, stopped}. A sweep also takes the gauges that alarms watch, as metrics. Errors:
`Throttled`, `ServiceUnavailable`, `AccessRefused`, `ModelFailed`; the sweeper comes again in minutes.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.projects_table import ProjectsTable
from brandlens.adapters.rekognition import RekognitionModels
from brandlens.adapters.spending_table import SpendingTable
from brandlens.events import ModelStopped
from brandlens.gauges import Gauged, read_gauges
from brandlens.jobs import Value
from brandlens.leases import stop_if_idle
from brandlens.ports import EventBus, LeaseStore, ModelControl
from brandlens.settings import StopIdleModelsSettings
from functions.runtime import entry, metrics


class StopIdleModels(BaseModel):
    model_arn: str | None = None


class Stopped(Value):
    looked_at: int
    stopped: int


@dataclass(frozen=True)
class Deps:
    models: ModelControl
    leases: LeaseStore
    bus: EventBus
    grace: timedelta


@cache
def _deps() -> Deps:
    settings = StopIdleModelsSettings.read(os.environ)
    return Deps(
        models=RekognitionModels(),
        leases=ModelsTable(settings.models_table),
        bus=EventBridgeBus(settings.event_bus),
        grace=settings.grace,
    )


@cache
def _gauged() -> Gauged:
    settings = StopIdleModelsSettings.read(os.environ)
    return Gauged(
        jobs=JobsTable(settings.jobs_table),
        models=RekognitionModels(),
        leases=ModelsTable(settings.models_table),
        projects=ProjectsTable(settings.projects_table),
        spending=SpendingTable(settings.spending_table),
    )


@entry(StopIdleModels)
def lambda_handler(event: StopIdleModels, _: LambdaContext) -> Stopped:
    now = datetime.now(UTC)
    stopped = handle(event, _deps(), now=now)
    if event.model_arn is None:
        for gauge in read_gauges(_gauged(), now=now):
            metrics.add_metric(gauge.name, gauge.unit, gauge.value)
    return stopped


def handle(event: StopIdleModels, deps: Deps, *, now: datetime) -> Stopped:
    looked_at = [known for known in deps.leases.models() if event.model_arn in (None, known.model.arn)]
    stopped = 0
    for known in looked_at:
        if stop_if_idle(deps.models, deps.leases, known, grace=deps.grace, now=now):
            stopped += 1
            deps.bus.publish(
                ModelStopped(
                    job_id=None,
                    project=known.project,
                    source=None,
                    occurred_at=now,
                    model_arn=known.model.arn,
                )
            )
    return Stopped(looked_at=len(looked_at), stopped=stopped)
