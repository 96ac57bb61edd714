"""`brandlens train`: teach a project its brands from pictures and videos, labeled or to be labeled."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from brandlens.adapters.model_registry import S3ModelRegistry
from brandlens.adapters.transfer import Transfer
from brandlens.adapters.versions_table import VersionsTable
from brandlens.cli.annotation_check import check_annotations
from brandlens.cli.batches import Batch, plan_batch, upload_batch
from brandlens.cli.cloud import LOCAL, Cloud, EnvironmentName, open_cloud
from brandlens.cli.console import Reporter, interruptible, print_json, progress, say
from brandlens.cli.follow_training import follow_training
from brandlens.cli.jobs import AsJson
from brandlens.cli.labelers import labeled, labeling_page
from brandlens.cli.training_tables import print_training
from brandlens.errors import InvalidInput, UnknownProject
from brandlens.jobs import JobRecord, JobState
from brandlens.projects import validated_name
from brandlens.training.files import MODEL, REPORT, training_prefix
from brandlens.training.report import DataReport
from brandlens.training.versions import TrainedModel

_EXIT_CODES = {JobState.SUCCEEDED: 0, JobState.REJECTED: 2}
_NEWEST = 1000
"""Jobs of a project among which the same batch is looked for."""


def train(
    project: Annotated[str, typer.Argument(help="The project to teach.")],
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of pictures and videos.")],
    annotations: Annotated[
        Path | None,
        typer.Option(help="Labels that are there already; they name pictures relative to the folder given."),
    ] = None,
    label_type: Annotated[
        Literal["object", "concept"] | None,
        typer.Option("--type", help="Boxes, or the whole picture; the project's own unless told."),
    ] = None,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Follow the training and print its scores.")
    ] = True,
    as_json: AsJson = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """Train a model; without annotations, people are asked to label first.

    The same files and labels are learned from once: naming them again follows the training that is there,
    unless it failed or the model that it gave was deleted.
    """
    cloud = open_cloud(env)
    batch = planned(cloud, project, paths, annotations, label_type)
    with (
        interruptible("What was uploaded goes on; the same command finds it again"),
        progress() as report,
    ):
        job_id = begin_training(cloud, project, batch, report)
        record = wait_for_training(cloud, job_id, report) if wait else None
    if record is None:
        _print_started(job_id, as_json)
    else:
        _print_ended(cloud, record, as_json)
        raise typer.Exit(_EXIT_CODES.get(record.state, 1))


def planned(
    cloud: Cloud,
    name: str,
    paths: list[Path],
    annotations: Path | None,
    label_type: Literal["object", "concept"] | None = None,
) -> Batch:
    """Check the project and what is to be uploaded for it, before anything is."""
    project = cloud.projects.get(validated_name(name))
    if project is None:
        raise UnknownProject(
            f"Project {name} cannot be taught",
            "there is no such project",
            "Make it with `brandlens project create`",
        )
    if label_type not in (None, project.label_type):
        raise InvalidInput(
            f"Project {name} cannot be taught {label_type}s",
            f"its labels are of type {project.label_type}",
            "Leave --type out, or make another project",
        )
    labels, kind = project.labels, project.label_type
    batch = plan_batch(paths, annotations, project=name, labels=labels, label_type=kind)
    check_annotations(batch, labels, kind)
    return batch


def begin_training(cloud: Cloud, project: str, batch: Batch, report: Reporter) -> str:
    """Upload what is not there yet and begin; return the id of the job, an older one's for the same batch.

    A batch is begun anew when its training failed, or the model that it gave is no longer kept.
    """
    if (job_id := _begun(cloud, project, batch)) is not None:
        say(f"These files are learned from by job {job_id} already")
        return job_id
    there = set(cloud.media.keys(batch.prefix))
    return upload_batch(batch, there, Transfer(cloud.outputs.media_bucket), report).job_id


def wait_for_training(cloud: Cloud, job_id: str, report: Reporter) -> JobRecord:
    """Report each step, and where people label, until the job has ended."""
    return follow_training(
        cloud.jobs,
        job_id,
        report,
        labeled=lambda: labeled(cloud, job_id),
        on_labeling=lambda: say(f"Label the pictures at {labeling_page(cloud)}"),
    )


def _begun(cloud: Cloud, name: str, batch: Batch) -> str | None:
    project = cloud.projects.get(name)
    assert project is not None, name
    for record in cloud.jobs.newest(limit=_NEWEST, project=name):
        failed = record.state.is_terminal and record.state is not JobState.SUCCEEDED
        # A project made anew under an old name has learned nothing yet.
        if record.source.key == batch.request_key and record.created_at >= project.created_at and not failed:
            return None if record.state is JobState.SUCCEEDED and _is_gone(cloud, record) else record.job_id
    return None


def _is_gone(cloud: Cloud, record: JobRecord) -> bool:
    """Whether the training gave a model that is ours to keep, and is kept no longer."""
    model = TrainedModel.model_validate_json(cloud.media.read(training_prefix(record) + MODEL)).model
    version = VersionsTable(cloud.outputs.models_table).get(model.arn)
    if version is None or version.artifact is None:
        return False
    return not S3ModelRegistry(cloud.outputs.results_bucket).holds(version.artifact)


def _print_started(job_id: str, as_json: bool) -> None:
    if as_json:
        print_json({"job_id": job_id})
    else:
        typer.echo(job_id)
        say(f"Follow it with `brandlens jobs show {job_id}`")


def _print_ended(cloud: Cloud, record: JobRecord, as_json: bool) -> None:
    succeeded = record.state is JobState.SUCCEEDED
    prefix = training_prefix(record)
    report = DataReport.model_validate_json(cloud.media.read(prefix + REPORT)) if succeeded else None
    trained = TrainedModel.model_validate_json(cloud.media.read(prefix + MODEL)) if succeeded else None
    if as_json:
        print_json({"job": record, "model": trained, "report": report})
    elif report and trained:
        print_training(report, trained, paid=cloud.name != LOCAL)
    elif record.error:
        say(f"Job {record.job_id} has ended {record.state}: {record.error.code}: {record.error.message}")
