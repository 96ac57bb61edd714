"""How a model version's state moves, as pure functions of the record and the time.

No timer moves a state: a version that was STARTING when the service was killed is RUNNING once it is back.
"""

from datetime import datetime, timedelta

from local.services.rekognition.errors import in_use
from local.services.rekognition.records import Status, VersionRecord

_SETTLES: dict[Status, tuple[Status, str]] = {
    "STARTING": ("RUNNING", "The model is running."),
    "STOPPING": ("STOPPED", "The model is stopped."),
}
_STARTABLE: tuple[Status, ...] = ("TRAINING_COMPLETED", "STOPPED", "FAILED")
_DELETABLE: tuple[Status, ...] = ("TRAINING_COMPLETED", "TRAINING_FAILED", "STOPPED", "FAILED")


def settled(version: VersionRecord, now: datetime, seconds: float) -> VersionRecord | None:
    """Return what a version has become by `now`, or None when it is deleted by then.

    A state that ends by itself lasts `seconds`.
    """
    due = version.since + timedelta(seconds=seconds)
    if now < due:
        return version
    if version.status == "DELETING":
        return None
    if version.status in _SETTLES:
        status, message = _SETTLES[version.status]
        return _moved(version, status, due, message)
    return version


def started(version: VersionRecord, now: datetime, min_units: int, max_units: int | None) -> VersionRecord:
    _require(version, _STARTABLE, "start")
    moved = _moved(version, "STARTING", now, "The model is starting.")
    return moved.model_copy(update={"min_units": min_units, "max_units": max_units})


def stopped(version: VersionRecord, now: datetime) -> VersionRecord:
    _require(version, ("RUNNING",), "stop")
    return _moved(version, "STOPPING", now, "The model is stopping.")


def deleted(version: VersionRecord, now: datetime) -> VersionRecord:
    _require(version, _DELETABLE, "delete")
    return _moved(version, "DELETING", now, "The model is being deleted.")


def failed(version: VersionRecord, now: datetime, message: str) -> VersionRecord:
    """Return the version after its training, or its start, came to nothing."""
    in_training = version.status == "TRAINING_IN_PROGRESS"
    return _moved(version, "TRAINING_FAILED" if in_training else "FAILED", now, message)


def trained(version: VersionRecord, now: datetime) -> VersionRecord:
    moved = _moved(version, "TRAINING_COMPLETED", now, "The model is ready to run.")
    return moved.model_copy(update={"trained_at": now})


def _moved(version: VersionRecord, status: Status, since: datetime, message: str) -> VersionRecord:
    return version.model_copy(update={"status": status, "since": since, "status_message": message})


def _require(version: VersionRecord, allowed: tuple[Status, ...], verb: str) -> None:
    if version.status not in allowed:
        raise in_use(
            f"Cannot {verb} the model {version.name} while it is {version.status}; it must be one of "
            f"{', '.join(allowed)}."
        )
