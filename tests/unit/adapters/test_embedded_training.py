"""The trainer of the embedded detector. botocore's stubber holds what is sent and answered to the service's
own model."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from brandlens.adapters.embedded_training import SageMakerTrainer
from brandlens.errors import AccessRefused, ModelFailed, TooManyTrainings
from brandlens.training.embedded_job import TrainingTerms
from brandlens.training.versions import ObjectLocation, TrainedVersion

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PREFIX, VERSION = "brandlens-dev-cup", "0123456789ab"
NAME = f"{PREFIX}-{VERSION}"
ARN = f"arn:aws:sagemaker:eu-west-1:123456789012:training-job/{NAME}"
TERMS = TrainingTerms(
    image="an-image",
    role_arn="arn:aws:iam::123456789012:role/brandlens-dev-training-jobs",
    work_bucket="work",
    seconds=600,
    most_seconds=3600,
)


@pytest.fixture
def trainer(session: boto3.Session) -> SageMakerTrainer:
    return SageMakerTrainer(TERMS, session, now=lambda: NOW)


@pytest.fixture
def service(trainer: SageMakerTrainer) -> Iterator[Stubber]:
    with Stubber(trainer._client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def described(status: str, secondary: str, **more: Any) -> dict[str, Any]:
    return {
        "TrainingJobName": NAME,
        "TrainingJobArn": ARN,
        "ModelArtifacts": {"S3ModelArtifacts": f"s3://media/evaluation/{NAME}/output/model"},
        "TrainingJobStatus": status,
        "SecondaryStatus": secondary,
        "StoppingCondition": {},
        "CreationTime": NOW,
        "HyperParameters": {"seconds": "600.0", "seed": "1"},
    } | more


def looked_at(trainer: SageMakerTrainer, service: Stubber, answer: dict[str, Any]) -> TrainedVersion:
    service.add_response("describe_training_job", answer, {"TrainingJobName": NAME})
    version = trainer.version(PREFIX, VERSION)
    assert version is not None
    return version


def train(trainer: SageMakerTrainer) -> str:
    return trainer.train(
        PREFIX,
        VERSION,
        bucket="media",
        train_manifest="cup/training/a/train.manifest",
        test_manifest="cup/training/a/test.manifest",
        output="cup/training/a/evaluation",
    )


def test_a_version_is_trained_by_a_job_of_its_name(trainer: SageMakerTrainer, service: Stubber) -> None:
    sent = {"TrainingJobName": NAME, "RoleArn": TERMS.role_arn}
    rest = (
        "AlgorithmSpecification HyperParameters InputDataConfig OutputDataConfig CheckpointConfig "
        "ResourceConfig StoppingCondition RetryStrategy EnableNetworkIsolation"
    )
    service.add_response(
        "create_training_job", {"TrainingJobArn": ARN}, sent | dict.fromkeys(rest.split(), ANY)
    )
    assert train(trainer) == ARN
    assert trainer.ensure_project(PREFIX) == PREFIX


def test_a_job_that_somebody_began_in_between_is_the_one(trainer: SageMakerTrainer, service: Stubber) -> None:
    service.add_client_error("create_training_job", "ResourceInUse")
    service.add_response("describe_training_job", described("InProgress", "Starting"))
    assert train(trainer) == ARN


def test_an_account_that_trains_as_much_as_it_may_is_waited_for(
    trainer: SageMakerTrainer, service: Stubber
) -> None:
    service.add_client_error("create_training_job", "ResourceLimitExceeded", "The limit is 1 instance.")
    with pytest.raises(TooManyTrainings, match="The limit is 1 instance"):
        train(trainer)


def test_an_account_without_any_quota_is_not_waited_for(trainer: SageMakerTrainer, service: Stubber) -> None:
    why = "The account-level service limit 'ml.m5.xlarge for training job usage' is 0 Instances, with more."
    service.add_client_error("create_training_job", "ResourceLimitExceeded", why)
    with pytest.raises(ModelFailed, match="Ask for a quota"):
        train(trainer)


def test_a_training_tells_how_much_of_its_time_it_has_used(
    trainer: SageMakerTrainer, service: Stubber
) -> None:
    told = []
    for secondary, elapsed in (("Starting", None), ("Training", 150), ("Uploading", 900)):
        began = {} if elapsed is None else {"TrainingStartTime": NOW - timedelta(seconds=elapsed)}
        version = looked_at(trainer, service, described("InProgress", secondary, **began))
        told.append((version.status, version.percent_done, version.artifact))
    status = "TRAINING_IN_PROGRESS"
    assert told == [(status, None, None), (status, 25, None), (status, 99, None)]


def test_a_job_that_is_done_says_where_model_and_evaluation_lie(
    trainer: SageMakerTrainer, service: Stubber
) -> None:
    version = looked_at(trainer, service, described("Completed", "Completed", BillableTimeInSeconds=720))
    folder = f"evaluation/{NAME}/output/model/"
    assert version.status == "TRAINING_COMPLETED"
    assert version.summary == ObjectLocation(bucket="media", key=f"{folder}evaluation.json")
    assert version.artifact == ObjectLocation(bucket="media", key=f"{folder}model.zip")
    assert version.billable_seconds == 720


@pytest.mark.parametrize(
    ("status", "secondary", "more", "message"),
    [
        (
            "Failed",
            "Failed",
            {"FailureReason": "AlgorithmError: no boxes, exit code: 1"},
            "AlgorithmError: no boxes, exit code: 1",
        ),
        ("Stopped", "MaxRuntimeExceeded", {}, "it took longer than it may"),
        ("Stopped", "Stopped", {}, "it was stopped"),
        ("Stopping", "Stopping", {}, "it was stopped"),
    ],
)
def test_a_job_that_came_to_nothing_says_why(
    trainer: SageMakerTrainer,
    service: Stubber,
    status: str,
    secondary: str,
    more: dict[str, str],
    message: str,
) -> None:
    version = looked_at(trainer, service, described(status, secondary, **more))
    assert (version.status, version.message) == ("TRAINING_FAILED", message)
    assert version.artifact is None


@pytest.mark.parametrize(
    ("code", "message"),
    [("ValidationException", "Requested resource not found."), ("ResourceNotFound", "")],
)
def test_a_version_that_was_never_trained_is_none(
    trainer: SageMakerTrainer, service: Stubber, code: str, message: str
) -> None:
    service.add_client_error("describe_training_job", code, message)
    assert trainer.version(PREFIX, VERSION) is None


def test_stopping_a_training_that_has_ended_is_no_error(trainer: SageMakerTrainer, service: Stubber) -> None:
    service.add_response("stop_training_job", {}, {"TrainingJobName": NAME})
    trainer.stop(ARN)
    service.add_client_error("stop_training_job", "ValidationException", "The job is in status Completed.")
    service.add_response("describe_training_job", described("Completed", "Completed"))
    trainer.stop(ARN)


def test_a_training_that_may_not_be_stopped_is_an_error(trainer: SageMakerTrainer, service: Stubber) -> None:
    service.add_client_error("stop_training_job", "AccessDeniedException")
    service.add_response("describe_training_job", described("InProgress", "Training"))
    with pytest.raises(AccessRefused):
        trainer.stop(ARN)
