"""`brandlens results`: download a finished job's results and open its report."""

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from brandlens.cli.cloud import LOCAL, EnvironmentName, open_cloud
from brandlens.cli.console import say
from brandlens.cli.fetching import download_results, finished_job
from brandlens.cli.jobs import JobId


def results(
    job: JobId,
    out: Annotated[Path, typer.Option(help="Download to DIR/<job id>/.")] = Path("brandlens-results"),
    open_report: Annotated[bool, typer.Option("--open", help="Open the report in a browser.")] = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """Download a job's results."""
    cloud = open_cloud(env)
    folder = download_results(cloud, finished_job(cloud, job), out)
    typer.echo(folder)
    report = (folder / "report.html").resolve()
    if open_report and not webbrowser.open(report.as_uri()):
        say(f"No browser could be started: open {report}")
