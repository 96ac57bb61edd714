"""The target of the rule "labeling-ended": ends the wait for a labeling job that has ended.

Input: the EventBridge event "SageMaker Ground Truth Labeling Job State Change". Output: {ending, status}:
what became of the wait. An event that nobody waits for is no error: it may come twice, late, or for a
labeling job that is not ours. Errors: `ServiceUnavailable` while the labeling job does not say yet that it
has ended, `Throttled`, `InvalidInput`, `AccessRefused`; Lambda delivers the event again, then to the
dead-letter queue.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from aws_lambda_powertools.utilities.parser.models import EventBridgeModel
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, Field

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.sagemaker import GroundTruth
from brandlens.adapters.task_tokens import StepFunctionsTokens
from brandlens.adapters.tasks_table import TasksTable
from brandlens.errors import ServiceUnavailable
from brandlens.jobs import Value
from brandlens.labeling.ending import Ending, end_wait
from brandlens.labeling.plan import labeling_job_name
from brandlens.labeling.ports import LabelingService, LabelingWaits, TaskTokens
from brandlens.labeling.state import LabelingStatus
from brandlens.ports import EventBus
from brandlens.settings import LabelingCallbackSettings
from functions.runtime import entry, logger


class LabelingJobStatus(BaseModel):
    status: LabelingStatus = Field(alias="LabelingJobStatus")


class LabelingJobEnded(EventBridgeModel):
    """The event; its one resource is the labeling job's ARN."""

    resources: list[str] = Field(min_length=1, max_length=1)
    detail: LabelingJobStatus


class CalledBack(Value):
    ending: Ending
    status: LabelingStatus


@dataclass(frozen=True)
class Deps:
    labeling: LabelingService
    waits: LabelingWaits
    tokens: TaskTokens
    bus: EventBus


@cache
def _deps() -> Deps:
    settings = LabelingCallbackSettings.read(os.environ)
    return Deps(
        labeling=GroundTruth(),
        waits=TasksTable(settings.tasks_table),
        tokens=StepFunctionsTokens(),
        bus=EventBridgeBus(settings.event_bus),
    )


@entry(LabelingJobEnded)
def lambda_handler(event: LabelingJobEnded, _: LambdaContext) -> CalledBack:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: LabelingJobEnded, deps: Deps, *, now: datetime) -> CalledBack:
    (arn,) = event.resources
    logger.append_keys(labeling_job=labeling_job_name(arn))
    ending = end_wait(arn, deps.labeling, deps.waits, deps.tokens, deps.bus, now=now)
    if ending == "running":
        raise ServiceUnavailable(
            f"The wait for {arn} has not been ended",
            f"the labeling job is said to be {event.detail.status}, and does not say so itself yet",
        )
    return CalledBack(ending=ending, status=event.detail.status)
