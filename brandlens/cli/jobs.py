"""`brandlens jobs`: what was dropped and what became of it."""

from collections.abc import Mapping
from typing import Annotated

import typer

from brandlens.cli.cloud import LOCAL, EnvironmentName, open_cloud
from brandlens.cli.console import print_fields, print_json, say
from brandlens.cli.fetching import known_job
from brandlens.cli.follow_training import TRAINING
from brandlens.cli.labelers import told
from brandlens.cli.tables import print_jobs
from brandlens.errors import InvalidInput
from brandlens.jobs import DetectorName
from brandlens.labeling.progress import STEP as LABELING

app = typer.Typer(no_args_is_help=True)
_BECOMES_OF_TRAINING: Mapping[DetectorName, str] = {
    "rekognition": "Rekognition cannot stop a training: it goes on and is paid for. "
    "Train again to use what it gives",
    "embedded": "The training that it began is stopped; what it took until then is paid for",
}
JobId = Annotated[str, typer.Argument(metavar="JOB", help="A job's id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@app.command("list")
def list_jobs(
    project: Annotated[str | None, typer.Option("--project", "-p", help="Only this project's jobs.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, newest first.")] = 20,
    as_json: AsJson = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """List the newest jobs."""
    records = open_cloud(env).jobs.newest(limit=limit, project=project)
    if as_json:
        print_json(list(records))
    elif records:
        print_jobs(records)
    else:
        say("No job. Start one with `brandlens analyze PATH --project NAME`")


@app.command()
def show(job: JobId, as_json: AsJson = False, env: EnvironmentName = LOCAL) -> None:
    """Show one job: its state, step, error and where its results are. If people label, how far they are."""
    cloud = open_cloud(env)
    record = known_job(cloud, job)
    if as_json:
        print_json(record)
    else:
        print_fields(record, f"Job {job}")
        if record.step == LABELING and not record.state.is_terminal:
            say(told(cloud, record))


@app.command()
def cancel(job: JobId, env: EnvironmentName = LOCAL) -> None:
    """Stop a job that has not ended. What it had done so far is discarded; the file stays."""
    cloud = open_cloud(env)
    record = known_job(cloud, job)
    if record.state.is_terminal:
        raise InvalidInput(f"Job {job} cannot be canceled", f"it is {record.state}", "Nothing is left to do")
    if record.execution_arn is None:
        raise InvalidInput(f"Job {job} cannot be canceled", "it has not begun", "Try again in a moment")
    cloud.analysis.cancel(record.execution_arn, reason="it was canceled from the command line")
    say(f"Job {job} is being stopped; `brandlens jobs show {job}` tells when it is")
    project = cloud.projects.get(record.project)
    if record.step == TRAINING and project is not None:
        say(_BECOMES_OF_TRAINING[project.detector])
