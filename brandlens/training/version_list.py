"""Every model version of a project: what is remembered of it beside what its service says now."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from brandlens.jobs import Model, Value
from brandlens.training.scores import ModelScores
from brandlens.training.versions import ModelVersion, TrainedVersion

_DELETED = "DELETED"
_UNJUDGED = "its job ended before it was judged; train with the same files again to have it used"


class ListedVersion(Value):
    """`status` is one of Rekognition's, or DELETED. `active` is whether the project's analyses use it.

    `reason` says why a version is not active, where that is known; which one took its place, if nothing else.
    """

    project: str
    version: str
    status: str
    active: bool
    f1: float | None
    scores: ModelScores | None
    reason: str | None
    created_at: datetime | None
    finished_at: datetime | None
    job_id: str | None
    model_arn: str


def list_versions(
    project: str,
    remembered: Iterable[ModelVersion],
    described: Iterable[TrainedVersion],
    active: Model | None,
) -> list[ListedVersion]:
    """Join both by ARN: the remembered ones in their order, then those that only the service knows."""
    now: Mapping[str, TrainedVersion] = {version.arn: version for version in described}
    known = {version.model.arn: version for version in remembered}
    arns = [*known, *(arn for arn in now if arn not in known)]
    return [_listed(project, arn, known.get(arn), now.get(arn), active) for arn in arns]


def described(version: ModelVersion) -> TrainedVersion:
    """Say of an embedded model's version what a service says of its own: no service keeps it."""
    status = "TRAINING_IN_PROGRESS"
    if version.finished_at is not None:
        status = "TRAINING_COMPLETED" if version.artifact else "TRAINING_FAILED"
    return TrainedVersion(
        arn=version.model.arn, name=version.model.version, status=status, message=version.reason or ""
    )


def _listed(
    project: str, arn: str, known: ModelVersion | None, now: TrainedVersion | None, active: Model | None
) -> ListedVersion:
    scores = known.scores if known else None
    is_active = active is not None and arn == active.arn
    reason = _reason(known, now)
    if reason is None and scores and active and not is_active:
        reason = f"the project uses version {active.version} instead"
    return ListedVersion(
        project=project,
        version=known.model.version if known else now.name if now else arn,
        status=now.status if now else _DELETED,
        active=is_active,
        f1=scores.f1 if scores else now.f1 if now else None,
        scores=scores,
        reason=reason,
        created_at=known.created_at if known else None,
        finished_at=known.finished_at if known else None,
        job_id=known.job_id if known else None,
        model_arn=arn,
    )


def _reason(known: ModelVersion | None, now: TrainedVersion | None) -> str | None:
    if known and known.reason:
        return known.reason
    if now and now.status == "TRAINING_FAILED":
        return now.message.rstrip(".") or None
    if known and now and known.finished_at is None and now.status != "TRAINING_IN_PROGRESS":
        return _UNJUDGED
    return None
