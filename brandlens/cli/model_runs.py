"""Starts a model by hand, and waits until it runs; stops one, and says what becomes of it."""

from datetime import timedelta

from brandlens.cli.console import Reporter
from brandlens.cli.leased_model import await_running
from brandlens.jobs import Model
from brandlens.model_runs import ModelHouse, holder_by_hand, stop_model

_STANDING_STILL = ("STOPPED", "TRAINING_COMPLETED")


def start_model(model: Model, project: str, house: ModelHouse, report: Reporter, *, hold: timedelta) -> None:
    """Have the model run for `hold`, from now on, even if nobody asks it; return once it runs.

    Starting it again makes it run longer or shorter. Raises as `brandlens.cli.leased_model.leased` does.
    """
    await_running(model, holder_by_hand(project, house.now()), house, report, lease=hold)


def stop_by_hand(model: Model, project: str, house: ModelHouse) -> str:
    """Stop the model unless jobs need it; return what becomes of it, as a sentence.

    Raises as `brandlens.model_runs.stop_model` does.
    """
    what = f"Model version {model.version}"
    stands_still = house.models.status(model) in _STANDING_STILL
    needed_by = stop_model(model, project, house)
    if needed_by:
        who = "a job needs it" if needed_by == 1 else f"{needed_by} jobs need it"
        return f"{what} is not stopped yet: {who}, and it stops after"
    return f"{what} {'does not run' if stands_still else 'is being stopped'}"
