"""Stops models that nobody needs: the target of one-time schedules (one model) and of the sweeper (all of
ours).

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
from brandlens.errors import NotFound
from brandlens.events import ModelStopped
from brandlens.jobs import Value
from brandlens.leases import idle
from brandlens.ports import EventBus, KnownModel, LeaseStore, ModelControl
from brandlens.settings import StopIdleModelsSettings
from functions.runtime import entry, logger


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
    candidates = list(idle(deps.leases, model_arn=event.model_arn, grace=deps.grace, now=now))
    return Stopped(looked_at=len(candidates), stopped=sum(_stop(known, deps, now) for known in candidates))


def _stop(known: KnownModel, deps: Deps, now: datetime) -> bool:
    """Stop a running model unless a job has taken a lease on it since we looked."""
    try:
        status = deps.models.status(known.model)
    except NotFound:
        logger.info("a model was deleted", extra={"model_arn": known.model.arn})
        return False
    # A model that is still starting is left to the next sweep: only a running one can be stopped.
    if status != "RUNNING" or not deps.leases.claim_stop(known, now=now):
        return False
    deps.models.stop(known.model)
    deps.leases.stopped(known.model.arn)
    deps.bus.publish(
        ModelStopped(
            job_id=None, project=known.project, source=None, occurred_at=now, model_arn=known.model.arn
        )
    )
    return True
