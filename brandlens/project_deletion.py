"""Whether a project may be deleted: while something of it is at work, nobody would find that any more."""

from collections.abc import Iterable

from brandlens.errors import Conflict
from brandlens.jobs import JobRecord
from brandlens.training.versions import TrainedVersion

_AT_WORK = {
    "RUNNING": ("runs", "Stop it first"),
    "STARTING": ("is starting", "Stop it once it runs"),
    "TRAINING_IN_PROGRESS": ("is being trained", "Wait until it is: such a training cannot be stopped"),
}
"""What a version in one of Rekognition's states does at a price, and what to do about it."""


def require_nothing_at_work(
    project: str, unfinished: JobRecord | None, versions: Iterable[TrainedVersion]
) -> None:
    """Raise `Conflict`, which says what to do, where the project has something at work.

    `unfinished` is one of its jobs that has not ended, `versions` what its service says of its models.
    """
    what = f"Project {project} is not deleted"
    if unfinished is not None:
        why = f"its {unfinished.kind} {unfinished.job_id} is {unfinished.state}"
        raise Conflict(what, why, "Cancel its jobs, or wait until they have ended")
    for version in versions:
        if version.status in _AT_WORK:
            does, remedy = _AT_WORK[version.status]
            raise Conflict(what, f"its model version {version.name} {does}", remedy)
