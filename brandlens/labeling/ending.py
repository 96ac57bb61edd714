"""How the wait for people's labels ends: once, whoever comes first, and however often it is told."""

from datetime import datetime
from typing import Literal

from brandlens import events
from brandlens.errors import LabelingFailed
from brandlens.jobs import JobError, Value
from brandlens.labeling.plan import labeling_job_name
from brandlens.labeling.ports import LabelingService, LabelingWaits, TaskTokens
from brandlens.labeling.state import LabelingJob
from brandlens.labeling.waits import LabelingWait
from brandlens.outcome import error_of
from brandlens.ports import EventBus

Ending = Literal["ended", "late", "running", "unknown"]
"""`ended`: the wait was ended now. `late`: nobody waited any longer. `running`: there is nothing to end yet.
`unknown`: no wait is known, because it was ended before or never was ours."""


class Labels(Value):
    """What a wait ends with: the output of the state that waited. The manifest is an `s3://` URI."""

    labeling_job_name: str
    output_manifest: str


def end_wait(
    arn: str,
    labeling: LabelingService,
    waits: LabelingWaits,
    tokens: TaskTokens,
    bus: EventBus,
    *,
    now: datetime,
) -> Ending:
    """End the wait for a labeling job that has ended, with its labels or with its failure.

    A state that is tried again brings a new token, be it while this runs: then that one is used too. The
    labeling's event is published before the wait is forgotten, so it may come twice but is never lost.
    """
    ending: Ending = "unknown"
    is_announced = False
    while (wait := waits.get(arn)) is not None:
        job = labeling.describe(labeling_job_name(arn))
        if job is None or not job.has_ended:
            return "running"
        outcome = _outcome(labeling_job_name(arn), job)
        if isinstance(outcome, Labels):
            was_waited_for = tokens.succeed(wait.token, outcome.model_dump())
        else:
            was_waited_for = tokens.fail(wait.token, outcome)
        if not is_announced:
            bus.publish(_event(wait, outcome, now))
            is_announced = True
        ending = "ended" if was_waited_for else "late"
        if waits.remove(arn, wait.token):
            break
    return ending


def _outcome(name: str, job: LabelingJob) -> Labels | JobError:
    if job.status == "Completed" and job.output_manifest is not None:
        return Labels(labeling_job_name=name, output_manifest=job.output_manifest)
    if job.status == "Stopped":
        why, remedy = "somebody stopped it", "Drop the batch's job.json again to ask anew"
    else:
        why = (job.failure_reason or "Ground Truth gives no reason").rstrip(".")
        remedy = "Correct what it says and drop the batch's job.json again"
    return error_of(LabelingFailed(f"Nothing was labeled by {name}", why, remedy))


def _event(wait: LabelingWait, outcome: Labels | JobError, now: datetime) -> events.LabelingEvent:
    name = labeling_job_name(wait.labeling_job_arn)
    asked = {
        "job_id": wait.job.job_id,
        "project": wait.job.project,
        "source": wait.job.source,
        "occurred_at": now,
        "labeling_job": name,
        "task": wait.kind,
        "items": wait.items,
    }
    if isinstance(outcome, Labels):
        return events.LabelingCompleted(**asked, output_manifest=outcome.output_manifest)
    return events.LabelingFailed(**asked, error=outcome)
