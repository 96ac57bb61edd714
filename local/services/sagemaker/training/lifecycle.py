"""How a training job's state moves, as pure functions of the record and the time."""

from datetime import datetime
from typing import Any

from local.services.sagemaker.errors import invalid
from local.services.sagemaker.training.records import Secondary, Status, TrainingJobRecord, Transition

_MOST_OF_A_REASON = 1024


def begun(arn: str, request: dict[str, Any], now: datetime) -> TrainingJobRecord:
    return TrainingJobRecord(
        arn=arn,
        created_at=now,
        name=request["TrainingJobName"],
        status="InProgress",
        transitions=(Transition(status="Starting", began=now),),
        request=request,
    )


def at(job: TrainingJobRecord, secondary: Secondary, now: datetime) -> TrainingJobRecord:
    """Return the job at that point of its way; one that is being stopped stays so."""
    return job if job.status == "Stopping" else _moved(job, "InProgress", secondary, now)


def downloading(job: TrainingJobRecord, now: datetime) -> TrainingJobRecord:
    """Return the job on an instance, for which it would be billed from its first attempt on."""
    moved = at(job, "Downloading", now)
    return moved.model_copy(
        update={"attempts": job.attempts + 1, "training_began": job.training_began or now}
    )


def stopping(job: TrainingJobRecord, now: datetime) -> TrainingJobRecord:
    """Return the job as StopTrainingJob leaves it; `ServiceError` where it has ended."""
    if job.status not in ("InProgress", "Stopping"):
        raise invalid(f"The request was rejected because the training job is in status {job.status}.")
    return job if job.status == "Stopping" else _moved(job, "Stopping", "Stopping", now)


def stopped(job: TrainingJobRecord, now: datetime, *, too_long: bool) -> TrainingJobRecord:
    return _ended(job, "Stopped", "MaxRuntimeExceeded" if too_long else "Stopped", now)


def completed(job: TrainingJobRecord, now: datetime) -> TrainingJobRecord:
    return _ended(job, "Completed", "Completed", now)


def failed(job: TrainingJobRecord, now: datetime, reason: str) -> TrainingJobRecord:
    ended = _ended(job, "Failed", "Failed", now)
    return ended.model_copy(update={"failure_reason": reason[:_MOST_OF_A_REASON]})


def _ended(job: TrainingJobRecord, status: Status, secondary: Secondary, now: datetime) -> TrainingJobRecord:
    moved = _moved(job, status, secondary, now)
    last = moved.transitions[-1].model_copy(update={"ended": now})
    update = {"training_ended": now if job.training_began else None}
    return moved.model_copy(update=update | {"transitions": (*moved.transitions[:-1], last)})


def _moved(job: TrainingJobRecord, status: Status, secondary: Secondary, now: datetime) -> TrainingJobRecord:
    *before, last = job.transitions
    transitions = (
        *before,
        last.model_copy(update={"ended": now}),
        Transition(status=secondary, began=now),
    )
    return job.model_copy(update={"status": status, "transitions": transitions})
