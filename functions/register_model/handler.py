"""Serves the state `RegisterModel` of the machine `model-training`; the job ends here.

Input: {job, request, version: {detector, project_arn, version_arn, version}}. Reads the version's evaluation,
keeps the model if it is an embedded one, and makes the version its project's active one if it passes the
project's gate and found anything right. Output: {model, f1, active}. Errors: `ModelFailed` without a readable
evaluation, `UnknownProject` when the project was deleted meanwhile, `JobCanceled` when the job has ended,
`ObjectNotFound`, `InvalidInput`, `Throttled`, `ServiceUnavailable`, `AccessRefused`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.embedded_training import SageMakerTrainer
from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.model_registry import S3ModelRegistry
from brandlens.adapters.projects_table import ProjectsTable
from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.spending_table import SpendingTable
from brandlens.adapters.versions_table import VersionsTable
from brandlens.cost.budget import account_of
from brandlens.cost.ports import SpendingLedger
from brandlens.errors import InvalidInput, JobCanceled, ModelFailed, UnknownProject
from brandlens.jobs import DetectorName, Job, JobRecord, JobState, Model, Value
from brandlens.outcome import announce_training
from brandlens.ports import EventBus, JobStore, ObjectStore, ProjectStore, Trainer, VersionStore
from brandlens.settings import RegisterModelSettings
from brandlens.training.cost import training_cost
from brandlens.training.evaluation import read_scores
from brandlens.training.files import MODEL, REPORT, training_prefix
from brandlens.training.ports import ModelRegistry
from brandlens.training.report import DataReport
from brandlens.training.request import TrainingRequest
from brandlens.training.scores import DataCounts
from brandlens.training.versions import (
    Artifact,
    ModelVersion,
    ReplacedModel,
    TrainedModel,
    TrainedVersion,
    VersionReference,
    gate_reason,
)
from functions.runtime import entry


class RegisterModel(Value):
    job: Job
    request: TrainingRequest
    version: VersionReference


class Registered(Value):
    """`active` is whether the project's analyses use the model from now on."""

    model: Model
    f1: float
    active: bool


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    projects: ProjectStore
    jobs: JobStore
    versions: VersionStore
    trainers: Mapping[DetectorName, Trainer]
    registry: ModelRegistry
    bus: EventBus
    spending: SpendingLedger
    min_confidence: float


@cache
def _deps() -> Deps:
    settings = RegisterModelSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        projects=ProjectsTable(settings.projects_table),
        jobs=JobsTable(settings.jobs_table),
        versions=VersionsTable(settings.models_table),
        trainers={"rekognition": RekognitionTrainer(), "embedded": SageMakerTrainer()},
        registry=S3ModelRegistry(settings.results_bucket),
        bus=EventBridgeBus(settings.event_bus),
        spending=SpendingTable(settings.spending_table),
        min_confidence=settings.min_confidence,
    )


@entry(RegisterModel)
def lambda_handler(event: RegisterModel, _: LambdaContext) -> Registered:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: RegisterModel, deps: Deps, *, now: datetime) -> Registered:
    job, key = event.job, training_prefix(event.job) + MODEL
    if _record(deps.jobs, job).state is not JobState.SUCCEEDED:
        trained_model = _judge(event, deps, now)
        deps.media.write(
            key, trained_model.model_dump_json(indent=2).encode(), content_type="application/json"
        )
        if trained_model.active:
            deps.projects.set_active_model(job.project, trained_model.model)
        deps.spending.settle(account_of(job), job.job_id, trained_model.cost)
        location = f"s3://{deps.media.bucket}/{training_prefix(job)}"
        deps.jobs.finish(job.job_id, JobState.SUCCEEDED, now=now, result=location)
    announce_training(deps.jobs, deps.bus, deps.media, _record(deps.jobs, job), now=now)
    trained_model = TrainedModel.model_validate_json(deps.media.read(key))
    return Registered(model=trained_model.model, f1=trained_model.scores.f1, active=trained_model.active)


def _record(jobs: JobStore, job: Job) -> JobRecord:
    """Return the job's record; `JobCanceled` where it has ended without a model: none becomes active then."""
    record = jobs.get(job.job_id)
    if record is None:
        raise InvalidInput(f"job {job.job_id} cannot register a model", "the jobs table has no such job")
    if record.state.is_terminal and record.state is not JobState.SUCCEEDED:
        raise JobCanceled(f"Job {job.job_id} registers no model", f"it has ended {record.state.value}")
    return record


def _judge(event: RegisterModel, deps: Deps, now: datetime) -> TrainedModel:
    """Read what the version reached, put it to its project's gate, and remember both."""
    job, prefix, reference = event.job, training_prefix(event.job), event.version
    project = deps.projects.get(job.project)
    if project is None:
        raise UnknownProject(
            f"Model version {reference.version} is not used", f"project {job.project!r} was deleted"
        )
    version = deps.trainers[reference.detector].version(reference.project_arn, reference.version)
    if version is None or version.summary is None:
        raise ModelFailed(
            f"Model version {reference.version} cannot be used",
            "its service has no evaluation of it" if version else "it was deleted",
            "Train again",
        )
    scores = read_scores(deps.media.read(version.summary.key), version=version.name)
    reason = gate_reason(scores.f1, project.min_f1)
    model = Model(
        detector=reference.detector, arn=version.arn, version=version.name, min_confidence=deps.min_confidence
    )
    begun = deps.versions.get(version.arn)
    remembered = ModelVersion(
        model=model,
        project=job.project,
        job_id=begun.job_id if begun else job.job_id,
        created_at=begun.created_at if begun else job.started_at,
        finished_at=now,
        scores=scores,
        reason=reason,
        billable_seconds=version.billable_seconds,
        artifact=_kept(version, job.project, deps),
    )
    deps.versions.end(remembered)
    report = DataReport.model_validate_json(deps.media.read(prefix + REPORT))
    return TrainedModel(
        model=model,
        active=reason is None,
        reason=reason,
        replaced=_replaced(project.active_model, model, deps.versions) if reason is None else None,
        scores=scores,
        data=DataCounts(
            train_pictures=report.train_pictures, test_pictures=report.test_pictures, boxes=report.boxes
        ),
        warnings=len(report.warnings),
        cost=training_cost(report.cost, _billed_seconds(remembered, job), model.detector),
    )


def _replaced(active: Model | None, model: Model, versions: VersionStore) -> ReplacedModel | None:
    """Return what was used until now; None where that is the same version, or nobody knows its score."""
    known = versions.get(active.arn) if active and active.arn != model.arn else None
    return ReplacedModel(version=known.model.version, f1=known.scores.f1) if known and known.scores else None


def _billed_seconds(version: ModelVersion, job: Job) -> int:
    """Return what the training is billed for: nothing to a job that found the version of an earlier one."""
    return version.billable_seconds or 0 if version.job_id == job.job_id else 0


def _kept(version: TrainedVersion, project: str, deps: Deps) -> Artifact | None:
    """Keep the model that the training left, where it is ours to keep."""
    if version.artifact is None:
        return None
    return deps.registry.keep(project, version.name, deps.media.read(version.artifact.key))
