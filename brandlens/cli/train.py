"""`brandlens train`: teach a project its brands from labeled pictures."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.cli.cloud import LOCAL, Cloud, EnvironmentName, open_cloud
from brandlens.cli.console import Reporter, interruptible, progress, say
from brandlens.errors import InvalidInput, UnknownProject
from brandlens.labels.coco import read_coco
from brandlens.labels.plan import plan_training
from brandlens.projects import validated_name
from brandlens.teaching import Taught, TeachingProgress, teach

MIN_CONFIDENCE = 50.0
"""Percent; what a new model is asked with, as the sample's."""


def train(
    project: Annotated[str, typer.Argument(help="The project to teach.")],
    folder: Annotated[Path, typer.Argument(help="The folder of pictures.")],
    annotations: Annotated[Path, typer.Option(help="COCO JSON; names pictures relative to the folder.")],
    env: EnvironmentName = LOCAL,
) -> None:
    """Train a model from labeled pictures and make it the project's active one."""
    with interruptible("The training goes on; the same command finds it again"), progress() as report:
        taught = teach_project(open_cloud(env), project, folder, annotations, report)
    say(f"Project {project} now uses model {taught.model.version}, F1 {taught.f1:.2f} on test pictures")


def teach_project(cloud: Cloud, name: str, folder: Path, annotations: Path, report: Reporter) -> Taught:
    """Train from the folder's labeled pictures; the same pictures and labels find the model that is there."""
    project = cloud.projects.get(validated_name(name))
    if project is None:
        raise UnknownProject(
            f"Project {name} cannot be taught",
            "there is no such project",
            "Make it with `brandlens project create`",
        )
    if project.detector != "rekognition":
        raise InvalidInput(
            f"Project {name} cannot be taught",
            f"its detector is {project.detector}, which cannot be trained yet",
            "Make the project with `--detector rekognition`",
        )
    if not folder.is_dir():
        raise InvalidInput(f"{folder} cannot be read", "it is not a folder", "Name the folder of pictures")
    pictures = read_coco(
        annotations.read_bytes(),
        file=str(annotations),
        labels=project.labels,
        available={file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()},
    )
    plan = plan_training(pictures, project.labels)
    if plan.split_by == "picture":
        say("All pictures are of one scene, so the score will flatter: add pictures of other scenes")
    if plan.untested:
        say(f"Too few scenes to test {', '.join(plan.untested)}: add pictures")
    taught = teach(
        plan,
        project=name,
        service_project=f"{cloud.outputs.rekognition_project_prefix}{name}",
        read=lambda picture: (folder / picture).read_bytes(),
        store=cloud.media,
        trainer=RekognitionTrainer(),
        min_confidence=MIN_CONFIDENCE,
        now=datetime.now(UTC),
        progress=lambda news: _report(news, report),
        sleep=time.sleep,
    )
    cloud.projects.set_active_model(name, taught.model)
    return taught


def _report(news: TeachingProgress, report: Reporter) -> None:
    if news.step == "upload":
        report("Uploading pictures", news.done, news.total)
    else:
        report("Training", news.done, news.total)
