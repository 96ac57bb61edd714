"""One training, from manifests to an evaluated model; the work of the training process."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from brandlens.detect.evaluation.assumed_thresholds import overall
from brandlens.detect.evaluation.summary_file import summary_file
from brandlens.errors import BrandlensError
from local.services.rekognition.engine import Engine
from local.services.rekognition.lessons import AnyLesson, Labeled, lesson_of
from local.services.rekognition.records import Evaluation, S3Object
from local.services.rekognition.training_data import (
    Objects,
    TrainingFailed,
    download,
    fetch_manifests,
    read_lines,
    split,
)

TRAIN_MANIFEST, TEST_MANIFEST, MODEL = "train.manifest", "test.manifest", "model"
_EVALUATION_CONFIDENCE = 1.0
"""Percent: low, so that every threshold above can be judged."""


class Job(BaseModel):
    """What a training process is told. Without S3 manifests, the datasets' lines lie in `directory`."""

    version_arn: str
    project_name: str
    version_name: str
    directory: Path
    train_manifests: tuple[S3Object, ...]
    test_manifests: tuple[S3Object, ...]
    split_test_off: bool
    output_bucket: str
    output_prefix: str
    budget_seconds: float
    engine: str
    aws_endpoint: str


def run(job: Job, engine: Engine, objects: Objects, progress: Callable[[float], None]) -> Evaluation:
    """Train, evaluate, write the summary to the job's output bucket. Raises `TrainingFailed`."""
    started = time.monotonic()
    lesson, training, testing = _datasets(job, objects)
    labels = _labels(training)
    if not labels:
        raise TrainingFailed("The manifest file contains no labeled images.")
    if len(labels) < lesson.fewest_labels:
        raise TrainingFailed("The manifest file has too few labels.")
    if not set(labels) & set(_labels(testing)):
        raise TrainingFailed("The training and testing datasets have no label in common.")
    images = download(training, lesson, job.directory / "pictures", objects)
    tests = download(testing, lesson, job.directory / "pictures", objects)
    try:
        lesson.train(
            engine,
            images,
            labels,
            budget_seconds=job.budget_seconds,
            directory=job.directory / MODEL,
            progress=progress,
        )
        ask = partial(engine.load(job.directory / MODEL).detect, min_confidence=_EVALUATION_CONFIDENCE)
        found = [test.shown_to(ask) for test in tests]
    except BrandlensError as error:
        raise TrainingFailed(str(error)) from error
    scores = lesson.scores(tests, found, labels)
    total = overall(list(scores.values()))
    summary = _summary_object(job)
    objects.write(
        summary,
        summary_file(
            scores,
            version=job.version_arn,
            train_pictures=len(images),
            test_pictures=len(tests),
            showing={label: sum(lesson.shows(test, label) for test in tests) for label in scores},
            ended_at=datetime.now(UTC),
        ),
    )
    return Evaluation(
        f1=round(total.f1, 6),
        thresholds={label: score.threshold for label, score in scores.items()},
        summary=summary,
        billable_seconds=max(1, round(time.monotonic() - started)),
    )


def _datasets(job: Job, objects: Objects) -> tuple[AnyLesson, list[Labeled], list[Labeled]]:
    """Return what is taught, and what to learn from and to be tested on."""

    def body(name: str, manifests: Sequence[S3Object]) -> bytes:
        return fetch_manifests(manifests, objects) if manifests else (job.directory / name).read_bytes()

    manifest = body(TRAIN_MANIFEST, job.train_manifests)
    lesson = lesson_of(manifest)
    training = read_lines(manifest, lesson, file=TRAIN_MANIFEST)
    if job.split_test_off:
        return lesson, *split(training)
    test = body(TEST_MANIFEST, job.test_manifests)
    return lesson, training, read_lines(test, lesson, file=TEST_MANIFEST)


def _labels(pictures: Sequence[Labeled]) -> tuple[str, ...]:
    return tuple(sorted({label for picture in pictures for label in picture.labels}))


def _summary_object(job: Job) -> S3Object:
    name = f"EvaluationSummary-{job.project_name}-{job.version_name}.json"
    prefix = job.output_prefix.strip("/")
    return S3Object(Bucket=job.output_bucket, Name=f"{prefix}/{name}" if prefix else name)
