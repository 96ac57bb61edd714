"""Training the embedded detector: SageMaker training jobs."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors
from brandlens.errors import InvalidSettings, ModelFailed, TooManyTrainings
from brandlens.training.embedded_job import (
    EVALUATION_FILE,
    INSTANCE_TYPE,
    MODEL_FILE,
    TrainingTerms,
    job_names_prefix,
    plan_training_job,
    training_job_name,
)
from brandlens.training.versions import ObjectLocation, TrainedVersion

if TYPE_CHECKING:
    from mypy_boto3_sagemaker import SageMakerClient
    from mypy_boto3_sagemaker.type_defs import DescribeTrainingJobResponseTypeDef

_STATUSES = {
    "InProgress": "TRAINING_IN_PROGRESS",
    "Stopping": "TRAINING_FAILED",
    "Completed": "TRAINING_COMPLETED",
    "Failed": "TRAINING_FAILED",
    "Stopped": "TRAINING_FAILED",
    "Deleting": "DELETING",
}
_STOPPED = {
    "MaxRuntimeExceeded": "it took longer than it may",
    "Stopping": "it was stopped",
    "Stopped": "it was stopped",
}
"""What a secondary status says of a job that was stopped; SageMaker gives no reason for one."""
_NO_QUOTA = re.compile(r"\bis 0 Instances\b")
"""What SageMaker says of an account that may train on no such instance: waiting mends nothing."""
_MISSING = "Requested resource not found"
"""How SageMaker's ValidationException begins for a job that is not there."""


class SageMakerTrainer:
    """A `Trainer` and a `TrainingStopper`. Its projects are prefixes of its jobs' names.

    `terms` may be left out by those who begin no training.
    """

    def __init__(
        self,
        terms: TrainingTerms | None = None,
        session: boto3.Session | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._terms, self._now = terms, now
        self._client: SageMakerClient = (session or default_session()).client("sagemaker", config=CONFIG)

    def ensure_project(self, name: str) -> str:
        return job_names_prefix(name)

    def version(self, project_arn: str, name: str) -> TrainedVersion | None:
        job = self._described(training_job_name(project_arn, name))
        if job is None:
            return None
        status = job["TrainingJobStatus"]
        model = job.get("ModelArtifacts", {}).get("S3ModelArtifacts", "")
        done = status == "Completed"
        return TrainedVersion(
            arn=job["TrainingJobArn"],
            name=name,
            status=_STATUSES[status],
            message=job.get("FailureReason") or _STOPPED.get(job["SecondaryStatus"], ""),
            percent_done=self._percent_done(job),
            summary=_file(model, EVALUATION_FILE) if done else None,
            artifact=_file(model, MODEL_FILE) if done else None,
            billable_seconds=job.get("BillableTimeInSeconds"),
        )

    def train(
        self,
        project_arn: str,
        name: str,
        *,
        bucket: str,
        train_manifest: str,
        test_manifest: str,
        output: str,
    ) -> str:
        what = f"The training of version {name} could not begin"
        if self._terms is None:
            raise InvalidSettings(what, "no terms of training were given")
        job_name = training_job_name(project_arn, name)
        job = plan_training_job(
            job_name,
            bucket=bucket,
            train_manifest=train_manifest,
            test_manifest=test_manifest,
            output=output,
            terms=self._terms,
        )
        with mapped_errors(what):
            try:
                return self._client.create_training_job(**job)["TrainingJobArn"]
            except ClientError as error:
                code, message = _code(error), error.response["Error"].get("Message", "").rstrip(".")
                if code == "ResourceLimitExceeded" and _NO_QUOTA.search(message):
                    raise ModelFailed(
                        what, message, f"Ask for a quota of {INSTANCE_TYPE} for training jobs"
                    ) from error
                if code == "ResourceLimitExceeded":
                    raise TooManyTrainings(what, message, "Wait until another training has ended") from error
                there = self._described(job_name) if code == "ResourceInUse" else None
                if there is None:
                    raise
                return there["TrainingJobArn"]

    def stop(self, version_arn: str) -> None:
        """Stop the training of the version; one that has ended is left alone."""
        name = version_arn.rpartition("/")[2]
        with mapped_errors(f"The training job {name} could not be stopped"):
            try:
                self._client.stop_training_job(TrainingJobName=name)
            except ClientError:
                job = self._described(name)
                if job is not None and job["TrainingJobStatus"] == "InProgress":
                    raise

    def _described(self, name: str) -> "DescribeTrainingJobResponseTypeDef | None":
        with mapped_errors(f"The training job {name} could not be looked at"):
            try:
                return self._client.describe_training_job(TrainingJobName=name)
            except ClientError as error:
                missing = error.response["Error"].get("Message", "").startswith(_MISSING)
                if _code(error) == "ResourceNotFound" or missing:
                    return None
                raise

    def _percent_done(self, job: "DescribeTrainingJobResponseTypeDef") -> int | None:
        """Tell how much of its time a training has used; None before it has begun."""
        began, seconds = job.get("TrainingStartTime"), job.get("HyperParameters", {}).get("seconds")
        if began is None or seconds is None:
            return None
        return min(99, int(100 * (self._now() - began).total_seconds() / float(seconds)))


def _file(folder: str, name: str) -> ObjectLocation:
    bucket, _, key = folder.removeprefix("s3://").partition("/")
    return ObjectLocation(bucket=bucket, key=f"{key.rstrip('/')}/{name}")


def _code(error: ClientError) -> str:
    return error.response["Error"].get("Code", "Unknown")
