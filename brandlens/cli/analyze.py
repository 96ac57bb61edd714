"""`brandlens analyze`: put files into the drop folder and, if asked, wait for what is found in them."""

from pathlib import Path
from typing import Annotated

import typer

from brandlens.adapters.transfer import Transfer
from brandlens.cli.cloud import LOCAL, Cloud, EnvironmentName, open_cloud
from brandlens.cli.console import interruptible, print_json, progress, say
from brandlens.cli.dropping import Dropped, drop, plan_drops
from brandlens.cli.fetching import download_results, read_analysis
from brandlens.cli.follow import all_succeeded, follow
from brandlens.cli.tables import print_analyses
from brandlens.errors import UnknownProject
from brandlens.jobs import JobRecord
from brandlens.projects import validated_name
from brandlens.results import Analysis


def analyze(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of pictures and videos.")],
    project: Annotated[str, typer.Option("--project", "-p", help="The project whose brands to look for.")],
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the results and print them.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Download results to DIR/<job id>/ (implies --wait).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """Look for a project's brands in files and folders."""
    drops = plan_drops(paths, validated_name(project))
    cloud = open_cloud(env)
    if cloud.projects.get(project) is None:
        raise UnknownProject(
            f"Nothing was uploaded for project {project}", "there is no such project",
            "See `brandlens project list`, or make it with `brandlens project create`",
        )  # fmt: skip
    goes_on = "What was uploaded goes on; follow it with `brandlens jobs list`"
    with interruptible(goes_on), progress() as report:
        dropped = drop(drops, Transfer(cloud.outputs.media_bucket), report)
        if not (wait or out):
            _print_started(dropped, as_json)
            return
        records = follow(cloud.jobs, {each.job_id: each.path.name for each in dropped}, report)
    analyses = collect(cloud, records, out)
    if as_json:
        print_json([{"job": record, "analysis": analyses.get(record.job_id)} for record in records])
    else:
        print_analyses(records, analyses)
        if out:
            say(f"Results are in {out}/<job id>/")
    raise typer.Exit(0 if all_succeeded(records) else 1)


def collect(cloud: Cloud, records: list[JobRecord], out: Path | None) -> dict[str, Analysis]:
    """Read the result documents of the jobs that succeeded; download all their files when `out` is given."""
    succeeded = [record for record in records if record.state == "SUCCEEDED"]
    if out:
        for record in succeeded:
            download_results(cloud, record, out)
    return {record.job_id: read_analysis(cloud, record) for record in succeeded}


def _print_started(dropped: list[Dropped], as_json: bool) -> None:
    if as_json:
        print_json([{"job_id": each.job_id, "source": each.source} for each in dropped])
        return
    for each in dropped:
        typer.echo(f"{each.job_id}  {each.path.name}")
    say("Follow them with `brandlens jobs list`")
