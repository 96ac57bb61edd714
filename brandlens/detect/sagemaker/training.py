"""What a SageMaker training job does: it learns from pictures, and is judged on others, those of the test."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from brandlens.detect.artifact import Trained, TrainedConcepts, save
from brandlens.detect.command.pictures import concept_images, object_images
from brandlens.detect.command.run import train_from_manifest
from brandlens.detect.evaluation.assumed_thresholds import Score, score_concepts, score_labels
from brandlens.detect.evaluation.summary_file import summary_file
from brandlens.detect.load import load_detector
from brandlens.detect.picture_source import PictureSource
from brandlens.detect.sagemaker.container import Container
from brandlens.ports import Detector
from brandlens.results import Detection
from brandlens.training.embedded_job import EVALUATION_FILE, MODEL_FILE

_LEAST_CONFIDENCE = 1.0
"""Percent: low, so that every threshold above can be judged."""


def train(
    container: Container,
    *,
    threads: int,
    progress: Callable[[int, float, float], None],
    warn: Callable[[str], None],
    now: Callable[[], datetime],
) -> None:
    """Leave a model and its evaluation in the container; `progress` and `warn` as `train_from_manifest` has.

    Raises what `brandlens.detect.command.run.train_from_manifest` does, `InvalidLabels` too where the test
    pictures cannot be used, and `InvalidSettings` for a job that tells nothing sensible.
    """
    told = container.hyperparameters()
    container.model.mkdir(parents=True, exist_ok=True)
    trained = train_from_manifest(
        container.train_manifest,
        pictures=container.pictures,
        kind=None,
        budget_seconds=told.seconds,
        seed=told.seed,
        threads=threads,
        checkpoint=container.checkpoints,
        curve_seconds=0.0,
        progress=progress,
        warn=warn,
    )
    model = container.model / MODEL_FILE
    # What a container that SageMaker took away left half done.
    model.unlink(missing_ok=True)
    save(trained, model)
    evaluation = _evaluated(trained, load_detector(model, threads=threads), container, now)
    (container.model / EVALUATION_FILE).write_bytes(evaluation)


def _evaluated(
    trained: Trained | TrainedConcepts, detector: Detector, container: Container, now: Callable[[], datetime]
) -> bytes:
    labels = [label.name for label in trained.description.labels]
    scores, tests = _judged(trained, detector, container.test_manifest, container.pictures, labels)
    return summary_file(
        scores,
        version=trained.description.kind,
        train_pictures=_learned_from(trained),
        test_pictures=len(tests),
        showing={label: sum(label in shown for shown in tests) for label in labels},
        ended_at=now(),
    )


def _judged(
    trained: Trained | TrainedConcepts,
    detector: Detector,
    manifest: Path,
    pictures: Path,
    labels: Sequence[str],
) -> tuple[dict[str, Score], list[frozenset[str]]]:
    """Return each label's score, and the labels that each test picture shows."""
    if isinstance(trained, TrainedConcepts):
        concepts = concept_images(manifest, pictures=pictures).images
        shown = [frozenset(image.labels) for image in concepts]
        return score_concepts(shown, _answers(concepts, detector), labels), shown
    images = object_images(manifest, pictures=pictures).images
    shown = [frozenset(label for label, _ in image.boxes) for image in images]
    return score_labels([image.boxes for image in images], _answers(images, detector), labels), shown


def _answers(images: Sequence[PictureSource], detector: Detector) -> list[tuple[Detection, ...]]:
    return [detector.detect(image.read(), min_confidence=_LEAST_CONFIDENCE) for image in images]


def _learned_from(trained: Trained | TrainedConcepts) -> int:
    if isinstance(trained, TrainedConcepts):
        return trained.report.pictures
    report = trained.report
    return report.learning_pictures + report.validation_pictures
