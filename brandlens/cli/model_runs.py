"""Starts a model by hand, and waits until it runs; stops one; says what comes of it and what it costs."""

from datetime import timedelta

from brandlens.cli.console import Reporter
from brandlens.cli.leased_model import await_running
from brandlens.cost import PriceList, Usage, cost_of
from brandlens.exposure.wording import dollars
from brandlens.jobs import Model
from brandlens.model_runs import ONE_UNIT, ModelHouse, holder_by_hand, stop_model

_STANDING_STILL = ("STOPPED", "TRAINING_COMPLETED")


def start_model(model: Model, project: str, house: ModelHouse, report: Reporter, *, hold: timedelta) -> None:
    """Have the model run for `hold`, from now on, even if nobody asks it; return once it runs.

    Starting it again makes it run longer or shorter. Raises as `brandlens.cli.leased_model.leased` does.
    """
    await_running(model, holder_by_hand(project, house.now()), house, report, lease=hold)


def cost_by_hand(hold: timedelta, prices: PriceList, *, paid: bool) -> str:
    """Return what a model costs that is started for `hold`, in a sentence: what is `paid` or would be on AWS.

    `hold` is no bound on how long it runs: jobs that need it then keep it running.
    """
    hours = hold / timedelta(hours=1)
    hourly, most = (
        dollars(cost_of(Usage(inference_hours=each * ONE_UNIT.most), prices).estimated_usd)
        for each in (1, hours)
    )
    costs = "A running model costs" if paid else "On AWS a running model would cost"
    return (
        f"{costs} {hourly} an hour per inference unit: {most} at most for {hours * 60:g} minutes of one, "
        f"by {prices.basis}, and more for its start and stop and while jobs need it longer"
    )


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
