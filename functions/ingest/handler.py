"""Takes in a dropped object: the target of the media bucket's "Object Created" events.

Input: the EventBridge event, its key as S3 knows it (nothing is URL-encoded). Output: what was decided, and
the job's id where there is one. An object that cannot be analyzed, or a `job.json` that cannot be obeyed, is
no error here: its job ends, REJECTED if it was refused and FAILED after any other permanent error, and
"Analysis Failed" or "Training Failed" is published. Every version of a batch's `job.json` is a job of its
own, and so is one that lies where no batch begins; the other files of a batch ask for nothing. Errors:
`Throttled` and `ServiceUnavailable`; `InvalidInput` and `AccessRefused` where the job cannot be recorded or
announced. Lambda delivers the event again, then to the dead-letter queue.

The same event may come twice, late or at once. Every step is idempotent and the order is fixed (record,
check, start, announce, mark), so a delivery goes on where another one died and does nothing once all is
done.
"""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Literal

from aws_lambda_powertools.utilities.parser.models import S3EventNotificationEventBridgeModel
from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.projects_table import ProjectsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.stepfunctions import StepFunctionsWorkflow
from brandlens.dropfolder import Drop, drop_of
from brandlens.errors import Permanent
from brandlens.events import JobEvent
from brandlens.jobs import Job, JobError, JobKind, JobRecord, JobState, Source, Value, job_id_for
from brandlens.outcome import announce_failure, error_of, finish_failed
from brandlens.settings import IngestSettings
from functions.ingest import analysis, training
from functions.ingest.analysis import Accepted
from functions.ingest.deps import Deps
from functions.ingest.training import AcceptedTraining
from functions.runtime import entry, logger

Decision = Literal["started", "rejected", "failed", "done", "ignored"]

_ENDED_HERE: dict[JobState, Decision] = {JobState.REJECTED: "rejected", JobState.FAILED: "failed"}


class Ingested(Value):
    """`rejected` and `failed` are jobs that ended here, `done` is a redelivery with nothing left to do,
    `ignored` an object that asks for nothing."""

    decision: Decision
    job_id: str | None = None


@cache
def _deps() -> Deps:
    settings = IngestSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        projects=ProjectsTable(settings.projects_table),
        jobs=JobsTable(settings.jobs_table),
        bus=EventBridgeBus(settings.event_bus),
        analysis=StepFunctionsWorkflow(settings.analysis_state_machine_arn),
        training=StepFunctionsWorkflow(settings.training_state_machine_arn),
    )


@entry(S3EventNotificationEventBridgeModel)
def lambda_handler(event: S3EventNotificationEventBridgeModel, _: LambdaContext) -> Ingested:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: S3EventNotificationEventBridgeModel, deps: Deps, *, now: datetime) -> Ingested:
    dropped = event.detail.object
    drop = drop_of(dropped.key, int(dropped.size or 0))
    kind = _kind(drop)
    if drop.purpose in ("train", "folder", "elsewhere"):
        return Ingested(decision="ignored")
    job = _job(event, drop)
    logger.append_keys(job_id=job.job_id, project=job.project)
    if not deps.jobs.receive(job, kind) and (record := deps.jobs.get(job.job_id)):
        if not _is_unfinished_business(record):
            return Ingested(decision="done", job_id=job.job_id)
        if record.error is not None:
            return _end(job.job_id, record.error, deps, now)
    try:
        accepted = _accept(job, drop, deps)
        workflow = deps.training if kind == "training" else deps.analysis
        execution_arn = workflow.start(job.job_id, accepted.model_dump(mode="json"))
    except Permanent as error:
        logger.warning(str(error), extra={"error": error.code})
        return _end(job.job_id, error_of(error), deps, now)
    # From here on the execution ends the job, whatever becomes of the announcement.
    _announce_start(accepted.started, deps, now)
    deps.jobs.started(job.job_id, execution_arn)
    return Ingested(decision="started", job_id=job.job_id)


def _job(event: S3EventNotificationEventBridgeModel, drop: Drop) -> Job:
    dropped = event.detail.object
    source = Source(
        bucket=event.detail.bucket.name,
        key=dropped.key,
        version=dropped.version_id or f'"{dropped.etag}"',
    )
    return Job(job_id=job_id_for(source), project=drop.project, source=source, started_at=event.time)


def _kind(drop: Drop) -> JobKind:
    return "training" if drop.purpose in ("training", "misplaced") else "analysis"


def _is_unfinished_business(record: JobRecord) -> bool:
    """Whether an earlier delivery died before it was done. What comes after the start is not ours."""
    if record.execution_arn is not None:
        return False
    if record.state in _ENDED_HERE:
        return record.ended_announced_at is None
    return not record.state.is_terminal


def _end(job_id: str, error: JobError, deps: Deps, now: datetime) -> Ingested:
    record = finish_failed(deps.jobs, job_id, error, now=now)
    if record.state is not JobState.SUCCEEDED:
        announce_failure(deps.jobs, deps.bus, record, now=now)
    return Ingested(decision=_ENDED_HERE.get(record.state, "done"), job_id=job_id)


def _accept(job: Job, drop: Drop, deps: Deps) -> Accepted | AcceptedTraining:
    if _kind(drop) == "training":
        return training.accept(job, drop, deps)
    return analysis.accept(job, drop, deps)


def _announce_start(event: JobEvent, deps: Deps, now: datetime) -> None:
    if deps.jobs.claim_announcement(event.job_id, "started", now=now):
        deps.bus.publish(event)
        deps.jobs.announced(event.job_id, "started", now=now)
