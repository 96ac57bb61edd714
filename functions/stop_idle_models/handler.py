"""Stops models that nobody needs: the target of one-time schedules (one model) and of the sweeper (all of
ours). A run that somebody else began is left alone.

Input: {model_arn} from a schedule; anything else, such as the sweeper's own event, means every model.
Output: {looked_at, stopped}. Errors: `Throttled`, `ServiceUnavailable`, `AccessRefused`, `ModelFailed`; the
sweeper comes again in minutes.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.rekognition import RekognitionModels
from brandlens.events import ModelStopped
from brandlens.jobs import Value
from brandlens.leases import stop_if_idle
from brandlens.ports import EventBus, LeaseStore, ModelControl
from brandlens.settings import StopIdleModelsSettings
from functions.runtime import entry


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


@entry(StopIdleModels)
def lambda_handler(event: StopIdleModels, _: LambdaContext) -> Stopped:
    return handle(event, _deps(), now=datetime.now(UTC))


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
