"""When a model is started, let go and stopped: it runs under leases, and for a grace time after the last.

Who takes a lease first writes it, then counts it on the model's item, and is told there whether the model is
being stopped. Who stops a model first looks for leases, then claims the stop on that item, which fails if any
lease was counted since. So one of the two always sees the other, in whatever order their steps come.

A run is ours if one of our calls began it. That is a mark on the model's item in our table, not a tag of the
service, whose tags cannot be written on a condition: a model that somebody started in the console, with the
SDK or from another stack bears none and is never stopped, though jobs use it while it runs.
"""

from datetime import datetime, timedelta

from brandlens.errors import NotFound
from brandlens.inference import Units
from brandlens.jobs import Model
from brandlens.ports import KnownModel, LeaseStore, ModelControl, StopScheduler


def release(
    leases: LeaseStore, stops: StopScheduler, model_arn: str, job_id: str, *, grace: timedelta, now: datetime
) -> int:
    """Release the job's lease and return how many are left; after the last, have the model looked at.

    That look is not withdrawn when a lease is taken meanwhile: it finds the lease, and lets the model be.
    """
    leases.release(model_arn, job_id, now=now)
    left = leases.live(model_arn, now=now)
    if not left:
        stops.schedule(model_arn, now + grace)
    return left


def begin_run(models: ModelControl, leases: LeaseStore, model: Model, units: Units, *, now: datetime) -> bool:
    """Start a model that stands still, under the caller's lease; False where another was faster."""
    # Marked before it is started: a run that is ours and bears no mark would never end.
    leases.begin_run(model.arn, now=now)
    return models.start(model, units)


def end_run(models: ModelControl, leases: LeaseStore, known: KnownModel, *, now: datetime) -> bool:
    """Stop a running model; False when a lease was taken since `known` was read, or another is at it."""
    if not leases.claim_stop(known, now=now):
        return False
    models.stop(known.model)
    leases.stopped(known.model.arn, claimed_at=now)
    return True


def stop_if_idle(
    models: ModelControl, leases: LeaseStore, known: KnownModel, *, grace: timedelta, now: datetime
) -> bool:
    """Stop a run of ours that nobody has needed for the grace time; say whether this call did.

    A mark that outlived its run, because somebody stopped the model by hand, is taken off.
    """
    if known.run_began is None:
        return False
    try:
        status = models.status(known.model)
    except NotFound:
        status = "DELETED"
    if status == "RUNNING":
        leases.see_run(known)
        idle = known.last_needed_at + grace <= now and not leases.live(known.model.arn, now=now)
        return idle and end_run(models, leases, known, now=now)
    # Our own start is on its way until it was seen to run; what starts after that is somebody else's.
    if status != "STARTING" or known.run_seen:
        leases.forget_run(known, now=now)
    return False
