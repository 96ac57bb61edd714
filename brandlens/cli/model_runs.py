"""Starts and stops a model by hand: it runs under a lease, as for a job, so that it is never forgotten."""

from datetime import datetime, timedelta

from brandlens.cli.console import Reporter
from brandlens.cli.leased_model import ModelHouse, await_running
from brandlens.errors import ModelNotReady
from brandlens.events import ModelStopped
from brandlens.jobs import Job, Model, Source
from brandlens.leases import end_run

_BY_HAND = "models-start"
"""Holds the lease of a model that was started by hand, whoever did it."""


def start_model(model: Model, project: str, house: ModelHouse, report: Reporter, *, hold: timedelta) -> None:
    """Have the model run for `hold`, from now on, even if nobody asks it; return once it runs.

    Starting it again makes it run longer or shorter. Raises as `brandlens.cli.leased_model.leased` does.
    """
    await_running(model, _holder(project, house.now()), house, report, lease=hold)


def stop_model(model: Model, project: str, house: ModelHouse) -> int:
    """Give up the hold, and stop the model unless jobs need it; return how many do.

    `ModelNotReady` while the model is starting: only running ones can be stopped.
    """
    now = house.now()
    house.leases.release(model.arn, _BY_HAND, now=now)
    if needed_by := house.leases.live(model.arn, now=now):
        return needed_by
    status = house.models.status(model)
    if status == "STARTING":
        raise ModelNotReady(
            f"Model version {model.version} is not stopped",
            "it is still starting, and only running models can be stopped",
            "Wait: nobody holds it, so it is stopped some minutes after it runs",
        )
    if status == "RUNNING":
        known = house.leases.known(model.arn)
        if known is None:
            house.models.stop(model)
        elif not end_run(house.models, house.leases, known, now=now):
            return 1
        house.bus.publish(
            ModelStopped(job_id=None, project=project, source=None, occurred_at=now, model_arn=model.arn)
        )
    return 0


def _holder(project: str, now: datetime) -> Job:
    # No dropped object asks for this; leases are kept by the id alone.
    return Job(job_id=_BY_HAND, project=project, source=Source(bucket="", key="", version=""), started_at=now)
