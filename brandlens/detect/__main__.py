"""`python -m brandlens.detect`: the program that a training job runs, from a manifest to a model's folder.

See `brandlens.cli.ending` for the exit codes. SIGTERM, by which schedulers end a job, is taken as Ctrl-C.
"""

import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from brandlens.cli.console import err, interruptible, out, say
from brandlens.cli.ending import ended_in_one_line
from brandlens.detect.artifact import Trained, save
from brandlens.detect.training_pictures import labeled_images
from brandlens.detect.training_progress import shown_progress
from brandlens.errors import AlreadyExists, InvalidInput, InvalidSettings

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True
)


@app.command()
def detect(
    manifest: Annotated[Path, typer.Argument(help="A Custom Labels manifest with object locations.")],
    pictures: Annotated[
        Path, typer.Option(help="The folder of its pictures, found by the ends of their keys.")
    ],
    model: Annotated[Path, typer.Option("--out", help="The folder to make for the model.")],
    seconds: Annotated[float, typer.Option(help="The time to train in.")] = 240.0,
    seed: Annotated[int, typer.Option(help="What chance begins with.", min=0)] = 1,
    threads: Annotated[int | None, typer.Option(help="All that there are by default.", min=1)] = None,
) -> None:
    """Train a detector from labeled pictures."""
    with interruptible("Stopped; no model was made"):
        _require_place(model)
        material = labeled_images(manifest, pictures=pictures)
        for warning in material.warnings:
            say(warning)
        training = _training()
        with shown_progress(err) as progress:
            trained: Trained = training.train(
                material.images,
                material.labels,
                budget_seconds=seconds,
                seed=seed,
                progress=progress,
                threads=threads or len(os.sched_getaffinity(0)),
            )
        trained = _warned(trained, material.warnings)
        save(trained, model)
    _tell(trained, model)


def _require_place(model: Path) -> None:
    """Refuse, before minutes are spent, a folder that cannot be made."""
    if model.exists():
        raise AlreadyExists(f"Cannot save the model as {model}", "it is there already", "Name another folder")
    parent = next(folder for folder in model.absolute().parents if folder.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        raise InvalidInput(
            f"Cannot save the model as {model}", f"nothing can be made in {parent}", "Name another folder"
        )


def _training() -> ModuleType:
    """Import the training, which takes seconds, when the input is known to be good."""
    try:
        from brandlens.detect import train
    except ModuleNotFoundError as error:
        raise InvalidSettings(
            "Nothing can be trained here",
            f"{error.name} is not installed",
            "Install brandlens with its extra: pip install 'brandlens[train]'",
        ) from error
    return train


def _warned(trained: Trained, warnings: Sequence[str]) -> Trained:
    """Add what was left out to what the model's report says."""
    report = trained.report
    report = report.model_copy(update={"warnings": (*warnings, *report.warnings)})
    return replace(trained, description=trained.description.model_copy(update={"report": report}))


def _tell(trained: Trained, model: Path) -> None:
    report = trained.report
    out.print(
        f"Learned {len(report.labels)} labels from {report.learning_pictures} pictures "
        f"({report.learning_negatives} without boxes) in {report.steps} steps, {report.seconds:.0f} s."
    )
    out.print(
        f"On {report.validation_pictures} held-out pictures: mAP {report.mean_average_precision:.3f}, "
        f"F1 {report.f1:.3f}."
    )
    for warning in report.warnings:
        out.print(f"Warning: {warning}", soft_wrap=True)
    out.print(f"The model is in {model}", soft_wrap=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ended_in_one_line("brandlens.detect"):
        app()
