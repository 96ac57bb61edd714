"""How a labeling job's state moves, as pure functions of the record and the time."""

from datetime import datetime, timedelta

from local.services.sagemaker.errors import invalid
from local.services.sagemaker.outputs import manifest_uri
from local.services.sagemaker.records import LabelingJobRecord, Status

_DEFAULT_LIFETIME = timedelta(days=30)
"""How long tasks of a private work team wait for people, where the request does not say."""


def due(job: LabelingJobRecord, now: datetime, start_seconds: float) -> bool:
    """Say whether the job has been in a state that ends by itself for long enough."""
    return now >= job.since + timedelta(seconds=start_seconds)


def expired(job: LabelingJobRecord, now: datetime) -> bool:
    """Say whether the job's tasks have waited for people for as long as they may."""
    given = job.request["HumanTaskConfig"].get("TaskAvailabilityLifetimeInSeconds")
    lifetime = _DEFAULT_LIFETIME if given is None else timedelta(seconds=given)
    return job.status == "InProgress" and now >= job.created_at + lifetime


def begun(
    job: LabelingJobRecord, now: datetime, labels: tuple[str, ...], instructions: tuple[str, ...]
) -> LabelingJobRecord:
    moved = _moved(job, "InProgress", now)
    return moved.model_copy(update={"labels": labels, "instructions": instructions})


def stopping(job: LabelingJobRecord, now: datetime) -> LabelingJobRecord:
    """Return the job as StopLabelingJob leaves it; `ServiceError` where it has ended."""
    if job.status not in ("Initializing", "InProgress"):
        raise invalid(
            f"The labeling job {job.name} is {job.status}; only one that is Initializing or InProgress "
            "can be stopped."
        )
    return _moved(job, "Stopping", now)


def completed(job: LabelingJobRecord, now: datetime) -> LabelingJobRecord:
    return _with_output(_moved(job, "Completed", now))


def stopped(job: LabelingJobRecord, now: datetime) -> LabelingJobRecord:
    return _with_output(_moved(job, "Stopped", now))


def failed(job: LabelingJobRecord, now: datetime, reason: str) -> LabelingJobRecord:
    return _moved(job, "Failed", now).model_copy(update={"failure_reason": reason})


def _with_output(job: LabelingJobRecord) -> LabelingJobRecord:
    return job.model_copy(update={"output_manifest": manifest_uri(job)})


def _moved(job: LabelingJobRecord, status: Status, now: datetime) -> LabelingJobRecord:
    return job.model_copy(update={"status": status, "since": now})
