"""The root of the command: composes the commands and turns errors into one line and an exit code.

Exit codes: 0 done, 1 the work failed, 2 bad usage or input, 130 interrupted.
"""

import sys

import typer

from brandlens.cli import analyze, events, jobs, local, project, results, train
from brandlens.cli.cloud import local_cloud
from brandlens.cli.console import say
from brandlens.errors import AlreadyExists, BrandlensError, InvalidInput, InvalidSettings, NotFound, Refused

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
app.add_typer(jobs.app, name="jobs", help="Jobs: what was dropped and what became of it.")
app.add_typer(events.app, name="events", help="The events that consumers receive.")


@app.command()
def demo() -> None:
    """Run the whole product on this machine, and compare what it finds with the truth."""
    local_cloud()  # says what is missing
    from brandlens.cli.demo import demo as run  # its material needs OpenCV, which no other command does

    run()


_BAD_INPUT = (Refused, AlreadyExists, InvalidInput, InvalidSettings, NotFound)


def main() -> None:
    """Run the command; an error of ours is one line on standard error, never a traceback."""
    try:
        app(standalone_mode=True)
    except BrandlensError as error:
        say(f"brandlens: {error}")
        sys.exit(2 if isinstance(error, _BAD_INPUT) else 1)
    except OSError as error:
        # A file or folder that the user named cannot be read or written.
        say(f"brandlens: {error.filename} cannot be used: {error.strerror}. Name another one.")
        sys.exit(2)
