"""`brandlens models`: how good a model is."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from brandlens.cli.asking import Asked, project_model, saved_model
from brandlens.cli.cloud import LOCAL, EnvironmentName, open_cloud
from brandlens.cli.console import print_json, progress
from brandlens.cli.evaluating import draw_curve, labeled_images, look_at, watch
from brandlens.cli.evaluation_tables import print_curve, print_evaluation, print_seconds
from brandlens.cli.jobs import AsJson
from brandlens.detect.pyramid import Mode
from brandlens.errors import InvalidInput

app = typer.Typer(no_args_is_help=True)


@app.callback()
def models() -> None:
    """Models: how good they are."""


@app.command()
def evaluate(
    paths: Annotated[list[Path], typer.Argument(help="Folders of pictures, or videos.")],
    annotations: Annotated[
        Path,
        typer.Option(help="Of pictures: COCO JSON, as for `train`; of videos: JSON of seconds on screen."),
    ],
    project: Annotated[
        str | None, typer.Option("--project", "-p", help="Measure this project's active model.")
    ] = None,
    model: Annotated[
        Path | None, typer.Option(help="Measure this embedded model, wherever it is on disk.")
    ] = None,
    mode: Annotated[
        Mode, typer.Option(help="How an embedded model looks: accurate takes longer and finds smaller logos.")
    ] = "fast",
    learning_curve: Annotated[
        float | None,
        typer.Option(min=1, metavar="SECONDS", help="Also train on parts of the pictures, this long."),
    ] = None,
    sample_rate: Annotated[
        float, typer.Option(min=0.1, max=60, help="Frames looked at in a second of video.")
    ] = 2.0,
    as_json: AsJson = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """Compare what a model finds with what people labeled."""
    threads = len(os.sched_getaffinity(0))
    folders = _all_folders(paths)
    if (project is None) == (model is None):
        raise InvalidInput(
            "Nothing was evaluated", "one model at a time is measured", "Name it with --project or --model"
        )
    if learning_curve and not folders:
        raise InvalidInput(
            "No learning curve is drawn", "videos are not learned from", "Name a folder of labeled pictures"
        )
    if project and mode != "fast":
        raise InvalidInput(
            "Nothing was evaluated", "a service's model looks in one way only", "Leave --mode out"
        )
    asked = (
        saved_model(model, mode=mode, threads=threads)
        if model
        else project_model(open_cloud(env), str(project))
    )
    if folders:
        _evaluate_pictures(paths, annotations, asked, learning_curve, threads, as_json)
    else:
        with progress() as report:
            clips = watch(paths, annotations, asked, sample_rate, report)
        if as_json:
            print_json({"model": asked.name, "videos": clips})
        else:
            print_seconds(clips)


def _evaluate_pictures(
    folders: list[Path], annotations: Path, asked: Asked, seconds: float | None, threads: int, as_json: bool
) -> None:
    images = labeled_images(folders, annotations, asked.labels)
    with progress() as report:
        # Before the pictures are looked at: a curve may be refused, and then nothing is lost.
        curve = draw_curve(images, seconds, threads, report) if seconds else None
        result = look_at(images, asked, report)
    if as_json:
        document: dict[str, Any] = {
            "model": asked.name,
            "confidence": asked.confidence,
            "pictures": len(images),
            "evaluation": result,
        }
        print_json(document | ({"learning_curve": curve} if curve else {}))
        return
    negatives = sum(not image.boxes for image in images)
    print_evaluation(result, pictures=len(images), negatives=negatives, confidence=asked.confidence)
    if curve:
        print_curve(curve)


def _all_folders(paths: list[Path]) -> bool:
    """Whether the paths are folders; False where they are files, `InvalidInput` otherwise."""
    for path in paths:
        if not path.exists():
            raise InvalidInput(f"{path} cannot be read", "there is no such file or folder", "Name another")
    kinds = {path.is_dir() for path in paths}
    if len(kinds) > 1:
        raise InvalidInput(
            "Nothing was evaluated",
            "folders of pictures and videos have annotations of their own",
            "Evaluate one kind at a time",
        )
    return kinds == {True}
