"""Serves the state `CreateVersion` of the machine `model-training`.

Input: {job, request}. Begins the training of a model version, by the service of its project's detector, on
the manifests that lie below the training's prefix, or finds the version that learned, or is learning, from
the very same, unless the model that it left is gone. Output: {detector, project_arn, version_arn, version}.
Errors: `UnknownProject` when the project was deleted meanwhile, `TooManyTrainings` while another training has
to end first, `ModelFailed` after too many failures on the same data, `ObjectNotFound`, `InvalidInput`,
`Throttled`, `ServiceUnavailable`, `AccessRefused`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.embedded_training import SageMakerTrainer
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.projects_table import ProjectsTable
from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.versions_table import VersionsTable
from brandlens.errors import ModelFailed, ObjectNotFound, UnknownProject
from brandlens.jobs import DetectorName, Job, Model, Value
from brandlens.ports import JobStore, ObjectStore, ProjectStore, Trainer, VersionStore
from brandlens.settings import CreateModelVersionSettings
from brandlens.training.files import EVALUATION, PICTURES, TEST_MANIFEST, TRAIN_MANIFEST, training_prefix
from brandlens.training.pictures import read_pictures
from brandlens.training.request import TrainingRequest
from brandlens.training.version_name import attempts, version_name
from brandlens.training.versions import ModelVersion, TrainedVersion, VersionReference
from functions.runtime import entry

STEP = "train model"
_NO_MODEL = frozenset({"TRAINING_FAILED", "DELETING"})


class CreateModelVersion(Value):
    job: Job
    request: TrainingRequest


@dataclass(frozen=True)
class Deps:
    """`service_prefix` begins the names of what this stack makes in other services, one a project of ours."""

    media: ObjectStore
    projects: ProjectStore
    jobs: JobStore
    versions: VersionStore
    trainers: Mapping[DetectorName, Trainer]
    service_prefix: str
    min_confidence: float


@cache
def _deps() -> Deps:
    settings = CreateModelVersionSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        projects=ProjectsTable(settings.projects_table),
        jobs=JobsTable(settings.jobs_table),
        versions=VersionsTable(settings.models_table),
        trainers={
            "rekognition": RekognitionTrainer(),
            "embedded": SageMakerTrainer(settings.training_terms),
        },
        service_prefix=settings.rekognition_project_prefix,
        min_confidence=settings.min_confidence,
    )


@entry(CreateModelVersion)
def lambda_handler(event: CreateModelVersion, _: LambdaContext) -> VersionReference:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: CreateModelVersion, deps: Deps, *, now: datetime) -> VersionReference:
    job, prefix = event.job, training_prefix(event.job)
    deps.jobs.enter_step(job.job_id, STEP, total=100, now=now)
    detector = _detector(job.project, deps.projects)
    trainer = deps.trainers[detector]
    manifests = [prefix + TRAIN_MANIFEST, prefix + TEST_MANIFEST]
    digests = {prefix + PICTURES + one.name: one.sha256 for one in read_pictures(deps.media, job)}
    lesson = version_name([deps.media.read(key) for key in manifests], digests)
    project_arn = trainer.ensure_project(deps.service_prefix + job.project)
    name, there = _latest_attempt(trainer, project_arn, lesson, deps.media)
    arn = (
        there.arn
        if there
        else trainer.train(
            project_arn,
            name,
            bucket=deps.media.bucket,
            train_manifest=manifests[0],
            test_manifest=manifests[1],
            output=prefix + EVALUATION.rstrip("/"),
        )
    )
    model = Model(detector=detector, arn=arn, version=name, min_confidence=deps.min_confidence)
    deps.versions.begin(ModelVersion(model=model, project=job.project, job_id=job.job_id, created_at=now))
    return VersionReference(detector=detector, project_arn=project_arn, version_arn=arn, version=name)


def _detector(name: str, projects: ProjectStore) -> DetectorName:
    project = projects.get(name)
    if project is None:
        raise UnknownProject("No model was trained", f"project {name!r} was deleted")
    return project.detector


def _latest_attempt(
    trainer: Trainer, project_arn: str, lesson: str, media: ObjectStore
) -> tuple[str, TrainedVersion | None]:
    """Return the version of that lesson, or the first name that is free after those that left no model."""
    for name in attempts(lesson):
        version = trainer.version(project_arn, name)
        if version is None or (version.status not in _NO_MODEL and not _is_gone(version, media)):
            return name, version
    raise ModelFailed(
        "The project could not be trained",
        f"every training on these pictures failed: {version.message if version else ''}".rstrip(". "),
        "Change the pictures or their labels",
    )


def _is_gone(version: TrainedVersion, media: ObjectStore) -> bool:
    """Whether the training left a model that is ours to keep, and it was deleted since."""
    if version.artifact is None:
        return False
    try:
        media.size(version.artifact.key)
    except ObjectNotFound:
        return True
    return False
