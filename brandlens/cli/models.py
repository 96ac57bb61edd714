"""`brandlens models`: which there are, whether they run, and how good they are."""

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from brandlens.cli import model_versions
from brandlens.cli.asking import Asked, project_model, saved_model
from brandlens.cli.cloud import LOCAL, EnvironmentName, open_cloud
from brandlens.cli.console import print_json, progress, say
from brandlens.cli.evaluating import draw_curve, measure_boxes, measure_concepts, watch
from brandlens.cli.evaluation_pictures import (
    boxed_images,
    check_pictures,
    classified_images,
    group_of,
    require_same_kind,
    unlisted,
)
from brandlens.cli.evaluation_tables import print_concepts, print_curve, print_evaluation, print_seconds
from brandlens.cli.jobs import AsJson
from brandlens.detect.concepts.dataset import ConceptKind
from brandlens.detect.pyramid import Mode
from brandlens.errors import InvalidInput
from brandlens.exposure.wording import plural

app = typer.Typer(no_args_is_help=True)


@app.callback()
def models() -> None:
    """Models: which there are, whether they run, and how good they are."""


app.command("list")(model_versions.list_models)
app.command("start")(model_versions.start)
app.command("stop")(model_versions.stop)


@app.command()
def evaluate(
    paths: Annotated[list[Path], typer.Argument(help="Folders of pictures, or videos.")],
    annotations: Annotated[
        Path,
        typer.Option(
            help="Of pictures: COCO JSON, YOLO's data.yaml, a folder of Pascal VOC, or a manifest (of boxes, "
            "or of labels of whole pictures). Of videos: JSON of seconds on screen."
        ),
    ],
    project: Annotated[
        str | None,
        typer.Option("--project", "-p", help="Measure this project's active model, started if need be."),
    ] = None,
    model: Annotated[
        Path | None, typer.Option(help="Measure this embedded model: its folder or .zip on disk.")
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
    """Compare what a model finds with what people labeled.

    Pictures give mAP, precision and recall. Sizes are those of a box's longest side once its picture is
    scaled to 1280 pixels. Pictures that the annotations list without boxes give false boxes a picture, for
    each folder they lie in: the first below the folder named, such as test/clean and test/distractors; those
    not listed are not looked at. Videos give the error of each brand's seconds on screen.

    A project's Rekognition model runs until the command ends, and is stopped soon after, unless others need
    it. An embedded one is fetched, and looks here.
    """
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
    asked = (
        saved_model(model, mode=mode, threads=threads)
        if model
        else project_model(open_cloud(env), str(project), mode=mode, threads=threads)
    )
    if not folders:
        _evaluate_videos(paths, annotations, asked, sample_rate, as_json)
        return
    require_same_kind(asked, annotations)
    if asked.kind == "object":
        _evaluate_boxes(paths, annotations, asked, learning_curve, threads, as_json)
    elif learning_curve:
        raise InvalidInput(
            "No learning curve is drawn", "the model tells concepts, which have none", "Leave the option out"
        )
    else:
        _evaluate_concepts(paths, annotations, asked, asked.kind, as_json)


def _evaluate_boxes(
    folders: list[Path], annotations: Path, asked: Asked, seconds: float | None, threads: int, as_json: bool
) -> None:
    images = boxed_images(folders, annotations, asked.labels)
    others = unlisted(images, folders)
    groups = [group_of(image, folders) for image in images]
    with progress() as report:
        check_pictures(images, asked, report)
        # Before the pictures are looked at: a curve may be refused, and then nothing is lost.
        curve = draw_curve(images, seconds, threads, report) if seconds else None
        result = measure_boxes(images, asked, groups, report)
    if as_json:
        print_json(
            _document(asked, len(images), others, result) | ({"learning_curve": curve} if curve else {})
        )
        return
    negatives = Counter(group for image, group in zip(images, groups, strict=True) if not image.boxes)
    print_evaluation(result, pictures=len(images), negatives=negatives, confidence=asked.confidence)
    if curve:
        print_curve(curve)
    _tell(others, "listed without boxes, they would show false boxes")


def _evaluate_concepts(
    folders: list[Path], annotations: Path, asked: Asked, kind: ConceptKind, as_json: bool
) -> None:
    images = classified_images(folders, annotations, asked)
    others = unlisted(images, folders)
    with progress() as report:
        check_pictures(images, asked, report)
        result = measure_concepts(images, kind, asked, report)
    if as_json:
        print_json(_document(asked, len(images), others, result))
        return
    print_concepts(result, pictures=len(images), confidence=asked.confidence)
    _tell(others, "list them to have them measured")


def _evaluate_videos(
    videos: list[Path], annotations: Path, asked: Asked, sample_rate: float, as_json: bool
) -> None:
    with progress() as report:
        clips = watch(videos, annotations, asked, sample_rate, report)
    if as_json:
        print_json({"model": asked.name, "videos": clips})
    else:
        print_seconds(clips)


def _tell(others: Mapping[str, int], remedy: str) -> None:
    """Say which pictures were not looked at, and what can be done about it."""
    for folder, count in others.items():
        pictures = plural(count, "picture")
        say(f"Not looked at: {pictures} in {folder}, which the annotations do not list; {remedy}.")


def _document(asked: Asked, pictures: int, others: Mapping[str, int], evaluation: Any) -> dict[str, Any]:
    return {
        "model": asked.name,
        "confidence": asked.confidence,
        "pictures": pictures,
        "unlisted_pictures": others,
        "evaluation": evaluation,
    }


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
