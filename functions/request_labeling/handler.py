"""Serves the state `RequestLabeling` of the machine `training`, once for each task, with a task token.

Input: {job, request, task, task_token}. Writes what Ground Truth needs, and creates the labeling job, whose
name is the job's and the task's own: a state that is tried again finds it there, and only its newer token
is remembered. Output: {labeling_job_name, is_new}, which Step Functions ignores: the state ends with what
`labeling_callback` sends for its token, or here, if the labeling job ended before this token was known.
Errors: `JobCanceled` once the job has ended, `InvalidInput` where Ground Truth refuses the request,
`InvalidSettings` where the region has no Ground Truth, `Throttled`, `ServiceUnavailable`, `AccessRefused`.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import Field

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.sagemaker import GroundTruth
from brandlens.adapters.task_tokens import StepFunctionsTokens
from brandlens.adapters.tasks_table import TasksTable
from brandlens.errors import JobCanceled
from brandlens.events import LabelingRequested
from brandlens.jobs import Job, Value
from brandlens.labeling.ending import end_wait
from brandlens.labeling.plan import LabelingTerms, labeling_job_name, plan_labeling_job
from brandlens.labeling.ports import LabelingService, LabelingWaits, TaskTokens
from brandlens.labeling.waits import LabelingWait
from brandlens.ports import EventBus, JobStore, ObjectStore
from brandlens.settings import RequestLabelingSettings
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask
from functions.runtime import entry

_KEPT_AFTER = timedelta(days=1)
"""How long a wait outlives the labeling's last day: the state's own time-out lies in between."""


class RequestLabeling(Value):
    job: Job
    request: TrainingRequest
    task: LabelingTask
    task_token: str = Field(min_length=1, repr=False)


class Requested(Value):
    """`is_new` is false where an earlier try had created the labeling job."""

    labeling_job_name: str
    is_new: bool


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    jobs: JobStore
    labeling: LabelingService
    waits: LabelingWaits
    tokens: TaskTokens
    bus: EventBus
    terms: LabelingTerms


@cache
def _deps() -> Deps:
    settings = RequestLabelingSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        jobs=JobsTable(settings.jobs_table),
        labeling=GroundTruth(),
        waits=TasksTable(settings.tasks_table),
        tokens=StepFunctionsTokens(),
        bus=EventBridgeBus(settings.event_bus),
        terms=settings.terms,
    )


@entry(RequestLabeling)
def lambda_handler(event: RequestLabeling, _: LambdaContext) -> Requested:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: RequestLabeling, deps: Deps, *, now: datetime) -> Requested:
    job, task = event.job, event.task
    plan = plan_labeling_job(job, event.request, task, bucket=deps.media.bucket, terms=deps.terms)
    name = labeling_job_name(plan.arn)
    # Known before the labeling job is there to end.
    deps.waits.put(
        LabelingWait(
            labeling_job_arn=plan.arn,
            token=event.task_token,
            job=job,
            kind=task.kind,
            items=task.items,
            expires_at=now + timedelta(days=deps.terms.days_open) + _KEPT_AFTER,
        )
    )
    for file in plan.files:
        deps.media.write(file.key, file.body.encode(), content_type=file.content_type)
    is_new = deps.labeling.create(plan.parameters)
    # Looked at after it was created: a failed job's labeling is stopped after the job has ended, so whichever
    # comes second, that stop or this look, leaves nobody labeling in vain.
    record = deps.jobs.get(job.job_id)
    if record is not None and record.state.is_terminal:
        deps.labeling.stop(name)
        raise JobCanceled(f"Job {job.job_id} needs no labels", f"it has ended {record.state.value}")
    deps.bus.publish(
        LabelingRequested(
            job_id=job.job_id,
            project=job.project,
            source=job.source,
            occurred_at=now,
            labeling_job=name,
            task=task.kind,
            items=task.items,
        )
    )
    if not is_new:
        end_wait(plan.arn, deps.labeling, deps.waits, deps.tokens, deps.bus, now=now)
    return Requested(labeling_job_name=name, is_new=is_new)
