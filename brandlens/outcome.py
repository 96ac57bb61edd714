"""How a job ends: once in the jobs table, once on the results bus, whoever dies in between.

The terminal state is written first, by whoever is first; the event is made from what was written, claimed
before it is published and marked after. A caller that is run again finishes what it left undone.
"""

from datetime import datetime
from typing import Literal, cast

from brandlens.errors import BrandlensError, InvalidInput, JobCanceled, Refused, Transient, by_code
from brandlens.events import (
    AnalysisCompleted,
    AnalysisFailed,
    JobEvent,
    ResultLocation,
    TrainingCompleted,
    TrainingFailed,
    TrainingLocation,
)
from brandlens.jobs import JobError, JobRecord, JobState
from brandlens.ports import EventBus, JobStore, ObjectStore
from brandlens.results import Analysis
from brandlens.training.files import MODEL, REPORT, training_prefix
from brandlens.training.versions import TrainedModel

ANALYSIS = "analysis.json"


def error_of(error: BrandlensError) -> JobError:
    return JobError(code=error.code, message=str(error), retryable=isinstance(error, Transient))


def failed_state(code: str) -> JobState:
    """The terminal state that an error's reason code stands for."""
    leaf = by_code(code)
    if leaf is JobCanceled:
        return JobState.CANCELED
    return JobState.REJECTED if leaf is not None and issubclass(leaf, Refused) else JobState.FAILED


def finish_failed(jobs: JobStore, job_id: str, error: JobError, *, now: datetime) -> JobRecord:
    """End the job for `error` unless it has ended before; return the record of its one end."""
    jobs.finish(job_id, failed_state(error.code), now=now, error=error)
    record = jobs.get(job_id)
    if record is None:
        raise InvalidInput(f"job {job_id} cannot end", "the jobs table has no such job")
    return record


def announce_failure(jobs: JobStore, bus: EventBus, record: JobRecord, *, now: datetime) -> None:
    """Announce the failure of a job that has ended otherwise than SUCCEEDED, unless announced before."""
    _announce(jobs, bus, _failure(record, now), now)


def announce_success(
    jobs: JobStore, bus: EventBus, results: ObjectStore, record: JobRecord, *, now: datetime
) -> None:
    """Announce the success of a job that has SUCCEEDED, unless it was announced before."""
    prefix = f"{record.project}/{record.job_id}/"
    analysis = Analysis.model_validate_json(results.read(prefix + ANALYSIS))
    event = AnalysisCompleted(
        job_id=record.job_id,
        project=record.project,
        source=record.source,
        occurred_at=now,
        brands=analysis.brands,
        duration_seconds=analysis.media.duration_seconds,
        result=ResultLocation(bucket=results.bucket, prefix=prefix, analysis=prefix + ANALYSIS),
        estimated_usd=analysis.cost.estimated_usd,
        warnings=len(analysis.warnings),
    )
    _announce(jobs, bus, event, now)


def announce_training(
    jobs: JobStore, bus: EventBus, media: ObjectStore, record: JobRecord, *, now: datetime
) -> None:
    """Announce the success of a training that has SUCCEEDED, unless it was announced before."""
    prefix = training_prefix(record)
    trained = TrainedModel.model_validate_json(media.read(prefix + MODEL))
    event = TrainingCompleted(
        job_id=record.job_id,
        project=record.project,
        source=record.source,
        occurred_at=now,
        model_arn=trained.model.arn,
        version=trained.model.version,
        active=trained.active,
        reason=trained.reason,
        scores=trained.scores,
        data=trained.data,
        result=TrainingLocation(bucket=media.bucket, prefix=prefix, report=prefix + REPORT),
        warnings=trained.warnings,
    )
    _announce(jobs, bus, event, now)


def _failure(record: JobRecord, now: datetime) -> JobEvent:
    assert record.error is not None, "a job that did not succeed has its error"
    event = AnalysisFailed if record.kind == "analysis" else TrainingFailed
    return event(
        job_id=record.job_id,
        project=record.project,
        source=record.source,
        occurred_at=now,
        state=cast("Literal['FAILED', 'REJECTED', 'CANCELED']", record.state.value),
        error=record.error,
    )


def _announce(jobs: JobStore, bus: EventBus, event: JobEvent, now: datetime) -> None:
    if jobs.claim_announcement(event.job_id, "ended", now=now):
        bus.publish(event)
        jobs.announced(event.job_id, "ended", now=now)
