"""`python -m brandlens.detect`: the program that a training job runs, from a manifest to a model.

See `brandlens.cli.ending` for the exit codes. SIGTERM, by which schedulers end a job, is taken as Ctrl-C.
"""

import os
import signal
from pathlib import Path
from typing import Annotated

import typer

from brandlens.cli.console import err, interruptible, out, say
from brandlens.cli.ending import ended_in_one_line
from brandlens.detect.artifact import Trained, save
from brandlens.detect.command.pictures import Kind
from brandlens.detect.command.progress import shown_progress
from brandlens.detect.command.run import train_from_manifest
from brandlens.detect.command.summary import summary
from brandlens.errors import AlreadyExists, InvalidInput, ModelFailed

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True
)


MOST_SECONDS = 7 * 24 * 3600
"""A week: longer is a mistake in typing."""
MOST_SEED = 2**32 - 1
"""What every generator of random numbers takes."""


@app.command()
def train(
    manifest: Annotated[Path, typer.Argument(help="A Custom Labels manifest.")],
    pictures: Annotated[Path, typer.Option(help="The folder of its pictures, found by their keys' ends.")],
    model: Annotated[Path, typer.Option("--out", help="The folder, or .zip, to make of the model.")],
    seconds: Annotated[float, typer.Option(help="The time to train in.", min=1, max=MOST_SECONDS)] = 240.0,
    seed: Annotated[int, typer.Option(help="What chance begins with.", min=0, max=MOST_SEED)] = 1,
    threads: Annotated[int | None, typer.Option(help="One for each core by default.", min=1)] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="A folder to go on from after a kill. Concepts take seconds, and need none."),
    ] = None,
    learning_curve: Annotated[
        float,
        typer.Option(
            help="More time, to find out what more labels would bring (detectors only).",
            min=0,
            max=MOST_SECONDS,
        ),
    ] = 0.0,
    kind: Annotated[
        Kind | None, typer.Option(help="What to learn; what the manifest has by default.")
    ] = None,
) -> None:
    """Train a detector, or a classifier of whole pictures, from a manifest's labels.

    Pictures are JPEG or PNG of at most 120 megapixels and, where they have boxes, 15 MiB. One that is
    missing, damaged or of another size than its labels are for is left out with a warning; nothing is trained
    where these are more than 10 % of all, or all that show a label. A line without labels is a picture of
    none.
    """
    resumed = f"; the same command goes on with what {checkpoint} keeps, if anything" if checkpoint else ""
    with interruptible(f"Stopped; no model was made{resumed}"):
        _require_place(model)
        with shown_progress(err) as progress:
            trained = train_from_manifest(
                manifest,
                pictures=pictures,
                kind=kind,
                budget_seconds=seconds,
                seed=seed,
                threads=threads or len(os.sched_getaffinity(0)),
                checkpoint=checkpoint,
                curve_seconds=learning_curve,
                progress=progress,
                warn=say,
            )
        try:
            save(trained, model)
        except ModelFailed as error:
            raise ModelFailed(error.what, error.why, f"{error.remedy}{resumed}") from error
        if checkpoint and isinstance(trained, Trained):
            from brandlens.detect.training.checkpoint import (
                forget,  # with PyTorch, so not before the pictures
            )

            forget(checkpoint)
    for line in summary(trained.report):
        out.print(line, soft_wrap=True)
    out.print(f"The model is in {model}", soft_wrap=True)


def _require_place(model: Path) -> None:
    """Refuse, before minutes are spent, what cannot be made."""
    if model.exists():
        raise AlreadyExists(f"Cannot save the model as {model}", "it is there already", "Name another folder")
    parent = next(folder for folder in model.absolute().parents if folder.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        raise InvalidInput(
            f"Cannot save the model as {model}", f"nothing can be made in {parent}", "Name another folder"
        )


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ended_in_one_line("brandlens.detect"):
        app()
