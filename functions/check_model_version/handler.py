"""Serves the state `CheckVersion` of the machine `model-training`, once a poll.

Input: {job, version: {detector, project_arn, version_arn, version}}. Tells the job how far the training is.
Output: {done, status, percent}. Errors: `ModelFailed` once the training has failed, whose reason is
remembered with the version, or when the version was deleted; `InvalidInput`, `NotFound`, `Throttled`,
`ServiceUnavailable`, `AccessRefused`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.embedded_training import SageMakerTrainer
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.adapters.versions_table import VersionsTable
from brandlens.errors import ModelFailed
from brandlens.jobs import DetectorName, Job, Value
from brandlens.ports import JobStore, Trainer, VersionStore
from brandlens.settings import CheckModelVersionSettings
from brandlens.training.versions import VersionReference
from functions.runtime import entry

_IN_TRAINING = "TRAINING_IN_PROGRESS"


class CheckModelVersion(Value):
    job: Job
    version: VersionReference


class Progress(Value):
    """`status` is one of Rekognition's; `percent` is how far it is, 0 where the service is silent."""

    done: bool
    status: str
    percent: int


@dataclass(frozen=True)
class Deps:
    jobs: JobStore
    versions: VersionStore
    trainers: Mapping[DetectorName, Trainer]


@cache
def _deps() -> Deps:
    settings = CheckModelVersionSettings.read(os.environ)
    return Deps(
        jobs=JobsTable(settings.jobs_table),
        versions=VersionsTable(settings.models_table),
        trainers={"rekognition": RekognitionTrainer(), "embedded": SageMakerTrainer()},
    )


@entry(CheckModelVersion)
def lambda_handler(event: CheckModelVersion, _: LambdaContext) -> Progress:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: CheckModelVersion, deps: Deps, *, now: datetime) -> Progress:
    job, reference = event.job, event.version
    version = deps.trainers[reference.detector].version(reference.project_arn, reference.version)
    if version is None or version.status == "TRAINING_FAILED":
        reason = "it was deleted" if version is None else version.message.rstrip(".")
        raise _failed(reference, reason or "the service gives no reason", deps.versions, now)
    done = version.status != _IN_TRAINING
    percent = 100 if done else version.percent_done or 0
    _tell(deps.jobs, job, percent, now)
    return Progress(done=done, status=version.status, percent=percent)


def _failed(reference: VersionReference, reason: str, versions: VersionStore, now: datetime) -> ModelFailed:
    """Remember why the version came to nothing, and return the job's error."""
    known = versions.get(reference.version_arn)
    if known is not None:
        versions.end(known.model_copy(update={"finished_at": now, "reason": reason}))
    return ModelFailed(
        f"Model version {reference.version} was not trained", reason, "Correct what it says and train again"
    )


def _tell(jobs: JobStore, job: Job, percent: int, now: datetime) -> None:
    record = jobs.get(job.job_id)
    told = record.done or 0 if record else percent
    if percent > told:
        jobs.advance(job.job_id, percent - told, now=now)
