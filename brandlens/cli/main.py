"""The root of the command: composes the commands. See `brandlens.cli.ending` for the exit codes."""

import typer

from brandlens.cli import (
    analyze,
    cost,
    dead_letters,
    events,
    jobs,
    labels,
    local,
    models,
    project,
    results,
    team,
    train,
)
from brandlens.cli.cloud import local_cloud
from brandlens.cli.ending import ended_in_one_line

app = typer.Typer(
    help="Find your brands in images and video, in your own AWS account or on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("analyze")(analyze.analyze)
app.command("train")(train.train)
app.command("results")(results.results)
app.add_typer(local.app, name="local", help="The local cloud: the whole system on this machine.")
app.add_typer(project.app, name="project", help="Projects: the brands to look for and the model that does.")
app.add_typer(labels.app, name="labels", help="Labels: annotations of pictures, from and to other tools.")
app.add_typer(models.app, name="models", help="Models: which there are, whether they run, how good they are.")
app.add_typer(jobs.app, name="jobs", help="Jobs: what was dropped and what became of it.")
app.add_typer(team.app, name="team", help="Team: who may look, who may do everything, who labels.")
app.add_typer(cost.app, name="cost", help="Cost: what analyses will cost at most, and what work has cost.")
app.add_typer(events.app, name="events", help="The events that consumers receive.")
app.add_typer(
    dead_letters.app, name="dead-letters", help="Events given up on: list them, deliver them again."
)


@app.command()
def demo() -> None:
    """Run the whole product on this machine, and compare what it finds with the truth."""
    local_cloud()  # says what is missing
    from brandlens.cli.demo import demo as run  # its material needs OpenCV, which no other command does

    run()


def main() -> None:
    """Run the command; an error of ours is one line on standard error, never a traceback."""
    with ended_in_one_line("brandlens"):
        app(standalone_mode=True)
