"""Starts a model by hand, and waits until it runs."""

from datetime import timedelta

from brandlens.cli.console import Reporter
from brandlens.cli.leased_model import await_running
from brandlens.jobs import Model
from brandlens.model_runs import ModelHouse, holder_by_hand


def start_model(model: Model, project: str, house: ModelHouse, report: Reporter, *, hold: timedelta) -> None:
    """Have the model run for `hold`, from now on, even if nobody asks it; return once it runs.

    Starting it again makes it run longer or shorter. Raises as `brandlens.cli.leased_model.leased` does.
    """
    await_running(model, holder_by_hand(project, house.now()), house, report, lease=hold)
