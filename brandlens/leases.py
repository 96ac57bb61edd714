"""When a model is let go, and when stopped: it runs under leases, and for a grace time after the last."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from brandlens.ports import KnownModel, LeaseStore, StopScheduler


def release(
    leases: LeaseStore, stops: StopScheduler, model_arn: str, job_id: str, *, grace: timedelta, now: datetime
) -> int:
    """Release the job's lease and return how many are left; after the last, have the model looked at."""
    leases.release(model_arn, job_id, now=now)
    left = leases.live(model_arn, now=now)
    if not left:
        stops.schedule(model_arn, now + grace)
    return left


def idle(
    leases: LeaseStore, *, model_arn: str | None, grace: timedelta, now: datetime
) -> Iterator[KnownModel]:
    """Yield our models (only the one, if given) that nobody has needed for the grace time, running or not."""
    for known in leases.models():
        if model_arn not in (None, known.model.arn) or known.last_needed_at + grace > now:
            continue
        if not leases.live(known.model.arn, now=now):
            yield known
