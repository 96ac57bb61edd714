"""Serves the state `RecordFailure` of `analysis` and `training`; the target of their status-change rule.

Input: {job, error: {Error, Cause}} from the state, which catches every failure, or the EventBridge event
"Step Functions Execution Status Change" for executions that were stopped, timed out, or failed without
reaching the state. Output: {state, code} as the jobs table has them. Errors: `InvalidInput`, `Throttled`,
`ServiceUnavailable`, `AccessRefused`.

The job ends once, whoever comes first. Leases are released, people stop labeling for it, a training of the
embedded detector that it began is stopped, and partial results are removed so that nothing looks whole; the
dropped file stays where it is.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, Field, Json, RootModel

from brandlens.adapters.embedded_training import SageMakerTrainer
from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.sagemaker import GroundTruth
from brandlens.adapters.scheduler import SchedulerStops
from brandlens.adapters.spending_table import SpendingTable
from brandlens.adapters.versions_table import VersionsTable
from brandlens.cost.budget import account_of, spent_when_ended
from brandlens.cost.ports import SpendingLedger
from brandlens.failures import TOO_MANY_FAILURES, job_error
from brandlens.jobs import Job, JobError, JobRecord, JobState, Value, result_prefix
from brandlens.labeling.plan import KINDS, labeling_job_arn, labeling_job_name
from brandlens.labeling.ports import LabelingService
from brandlens.leases import release
from brandlens.outcome import announce_failure, announce_success, announce_training, finish_failed
from brandlens.ports import EventBus, JobStore, LeaseStore, ObjectStore, StopScheduler, VersionStore
from brandlens.settings import RecordFailureSettings
from brandlens.training.ports import TrainingStopper
from brandlens.workfiles import FAILURES
from functions.runtime import entry


class Caught(BaseModel):
    """What a state machine's Catch gives."""

    error: str = Field(alias="Error")
    cause: str | None = Field(default=None, alias="Cause")


class FromState(BaseModel):
    job: Job
    error: Caught


class ExecutionInput(BaseModel):
    job: Job


class EndedExecution(BaseModel):
    """The detail of a status-change event, as far as it matters; `input` is the execution's, as JSON."""

    status: Literal["FAILED", "TIMED_OUT", "ABORTED"]
    input: Json[ExecutionInput]
    error: str | None = None
    cause: str | None = None


class FromRule(BaseModel):
    detail: EndedExecution


class Failure(RootModel[FromState | FromRule]):
    """A failed job, however it was reported."""

    @property
    def job(self) -> Job:
        return self.root.job if isinstance(self.root, FromState) else self.root.detail.input.job

    @property
    def reason(self) -> JobError:
        if isinstance(self.root, FromState):
            return job_error(self.root.error.error, self.root.error.cause)
        detail = self.root.detail
        return job_error(detail.error or detail.status, detail.cause)


class Recorded(Value):
    state: JobState
    code: str | None


@dataclass(frozen=True)
class Deps:
    jobs: JobStore
    bus: EventBus
    leases: LeaseStore
    stops: StopScheduler
    spending: SpendingLedger
    media: ObjectStore
    work: ObjectStore
    results: ObjectStore
    labeling: LabelingService
    versions: VersionStore
    trainings: TrainingStopper
    labeling_job_arn_prefix: str
    grace: timedelta


@cache
def _deps() -> Deps:
    settings = RecordFailureSettings.read(os.environ)
    return Deps(
        jobs=JobsTable(settings.jobs_table),
        bus=EventBridgeBus(settings.event_bus),
        leases=ModelsTable(settings.models_table),
        stops=SchedulerStops(
            group=settings.scheduler_group,
            role_arn=settings.scheduler_role_arn,
            function_arn=settings.stop_function_arn,
        ),
        spending=SpendingTable(settings.spending_table),
        media=S3ObjectStore(settings.media_bucket),
        work=S3ObjectStore(settings.work_bucket),
        results=S3ObjectStore(settings.results_bucket),
        labeling=GroundTruth(),
        versions=VersionsTable(settings.models_table),
        trainings=SageMakerTrainer(),
        labeling_job_arn_prefix=settings.labeling_job_arn_prefix,
        grace=settings.grace,
    )


@entry(Failure)
def lambda_handler(event: Failure, _: LambdaContext) -> Recorded:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: Failure, deps: Deps, *, now: datetime) -> Recorded:
    job, prefix = event.job, result_prefix(event.job)
    reason = event.reason
    if reason.code == TOO_MANY_FAILURES:
        reason = _first_failure(deps.work, prefix) or reason
    try:
        record = finish_failed(deps.jobs, job.job_id, reason, now=now)
    finally:
        # Only after the end: who takes a lease looks whether the job has ended, and gives it back if so.
        for model_arn in deps.leases.held_by(job.job_id):
            release(deps.leases, deps.stops, model_arn, job.job_id, grace=deps.grace, now=now)
    if record.state is JobState.SUCCEEDED and record.kind == "training":
        announce_training(deps.jobs, deps.bus, deps.media, record, now=now)
    elif record.state is JobState.SUCCEEDED:
        announce_success(deps.jobs, deps.bus, deps.results, record, now=now)
    else:
        if record.kind == "training":
            _stop_labeling(job, deps)
            _stop_training(job, deps, now)
        _settle(record, deps.spending)
        announce_failure(deps.jobs, deps.bus, record, now=now)
        deps.results.delete_prefix(prefix)
    return Recorded(state=record.state, code=record.error and record.error.code)


def _settle(record: JobRecord, spending: SpendingLedger) -> None:
    """Book what the job spent, as far as is known, in the place of what it had reserved."""
    account = account_of(record)
    reserved = spending.reservation(account, record.job_id)
    if reserved is not None:
        spending.settle(account, record.job_id, spent_when_ended(reserved, record))


def _stop_labeling(job: Job, deps: Deps) -> None:
    """Have nobody label, at a price, for a job that has ended."""
    for kind in KINDS:
        arn = labeling_job_arn(deps.labeling_job_arn_prefix, job.job_id, kind)
        deps.labeling.stop(labeling_job_name(arn))


def _stop_training(job: Job, deps: Deps, now: datetime) -> None:
    """Have no training go on, at a price, for a job that has ended. Rekognition's cannot be stopped."""
    for version in deps.versions.of_project(job.project):
        ours = version.job_id == job.job_id and version.model.detector == "embedded"
        if ours and version.finished_at is None:
            deps.trainings.stop(version.model.arn)
            reason = "its job ended before it was trained"
            deps.versions.end(version.model_copy(update={"finished_at": now, "reason": reason}))


def _first_failure(work: ObjectStore, prefix: str) -> JobError | None:
    """What the first batch of frames that could not be looked at said of it."""
    key = next(work.keys(prefix + FAILURES), None)
    return None if key is None else JobError.model_validate_json(work.read(key))
