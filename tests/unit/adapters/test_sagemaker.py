"""Ground Truth's adapter. botocore's stubber holds what is sent and answered to the service's own model."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from brandlens.adapters.sagemaker import GroundTruth
from brandlens.errors import InvalidInput, Throttled
from brandlens.labeling.plan import plan_labeling_job
from brandlens.labeling.state import LabelingJob
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask, TaskKind
from tests.jobs import job
from tests.labeling import TERMS

NAME = "brandlens-dev-abc-image"
ARN = f"arn:aws:sagemaker:eu-west-1:123456789012:labeling-job/{NAME}"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def ground_truth(session: boto3.Session) -> GroundTruth:
    return GroundTruth(session)


@pytest.fixture
def service(ground_truth: GroundTruth) -> Iterator[Stubber]:
    with Stubber(ground_truth._client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def described(status: str, **more: Any) -> dict[str, Any]:
    return {
        "LabelingJobStatus": status,
        "LabelCounters": {"TotalLabeled": 2, "Unlabeled": 1},
        "CreationTime": NOW,
        "LastModifiedTime": NOW,
        "JobReferenceCode": "1",
        "LabelingJobName": NAME,
        "LabelingJobArn": ARN,
        "InputConfig": {"DataSource": {}},
        "OutputConfig": {"S3OutputPath": "s3://media/"},
        "RoleArn": TERMS.role_arn,
        "HumanTaskConfig": {
            "WorkteamArn": TERMS.work_team_arn,
            "UiConfig": {},
            "TaskTitle": "Box",
            "TaskDescription": "Box",
            "NumberOfHumanWorkersPerDataObject": 1,
            "TaskTimeLimitInSeconds": 60,
        },
        **more,
    }


@pytest.mark.parametrize("kind", ["video", "image", "concept"])
def test_what_is_planned_is_a_request_that_the_service_understands(
    ground_truth: GroundTruth, service: Stubber, kind: TaskKind
) -> None:
    request = TrainingRequest(labels=("Acme",), type="object", prefix="inbox/cup/train/a/")
    task = LabelingTask(kind=kind, manifest="cup/training/1/labeling/input.manifest", items=1, frames=1)
    parameters = plan_labeling_job(job(), request, task, bucket="media", terms=TERMS).parameters
    service.add_response("create_labeling_job", {"LabelingJobArn": ARN}, parameters)

    assert ground_truth.create(parameters)


def test_a_labeling_job_is_created_once(ground_truth: GroundTruth, service: Stubber) -> None:
    service.add_client_error("create_labeling_job", "ResourceInUse", "already exists", 400)

    assert not ground_truth.create(_least())


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [("ResourceLimitExceeded", 400, InvalidInput), ("ThrottlingException", 400, Throttled)],
)
def test_another_refusal_is_an_error_that_names_the_labeling_job(
    ground_truth: GroundTruth, service: Stubber, code: str, status: int, error: type[Exception]
) -> None:
    service.add_client_error("create_labeling_job", code, "No.", status)

    with pytest.raises(error, match=f"{NAME}: CreateLabelingJob answered {code}: No"):
        ground_truth.create(_least())


def test_a_labeling_job_tells_its_state_its_counts_and_its_labels(
    ground_truth: GroundTruth, service: Stubber
) -> None:
    output = {"OutputDatasetS3Uri": "s3://media/output.manifest"}
    service.add_response(
        "describe_labeling_job", described("Completed", LabelingJobOutput=output), {"LabelingJobName": NAME}
    )

    assert ground_truth.describe(NAME) == LabelingJob(
        status="Completed", output_manifest="s3://media/output.manifest", labeled=2, unlabeled=1
    )


def test_a_failed_labeling_job_tells_why(ground_truth: GroundTruth, service: Stubber) -> None:
    service.add_response("describe_labeling_job", described("Failed", FailureReason="All tasks expired."))

    found = ground_truth.describe(NAME)

    assert found is not None
    assert (found.has_ended, found.failure_reason, found.output_manifest) == (
        True,
        "All tasks expired.",
        None,
    )


def test_a_labeling_job_that_is_not_there_is_none(ground_truth: GroundTruth, service: Stubber) -> None:
    service.add_client_error("describe_labeling_job", "ResourceNotFound", "none", 400)

    assert ground_truth.describe(NAME) is None


def test_a_labeling_job_is_stopped(ground_truth: GroundTruth, service: Stubber) -> None:
    service.add_response("stop_labeling_job", {}, {"LabelingJobName": NAME})

    ground_truth.stop(NAME)


def test_stopping_one_that_never_was_is_no_error(ground_truth: GroundTruth, service: Stubber) -> None:
    service.add_client_error("stop_labeling_job", "ResourceNotFound", "none", 400)

    ground_truth.stop(NAME)


@pytest.mark.parametrize("status", ["Completed", "Failed", "Stopped", "Stopping"])
def test_stopping_one_that_has_ended_is_no_error(
    ground_truth: GroundTruth, service: Stubber, status: str
) -> None:
    service.add_client_error("stop_labeling_job", "ValidationException", "has ended", 400)
    service.add_response("describe_labeling_job", described(status))

    ground_truth.stop(NAME)


def test_one_that_cannot_be_stopped_and_runs_on_is_an_error(
    ground_truth: GroundTruth, service: Stubber
) -> None:
    service.add_client_error("stop_labeling_job", "ValidationException", "no", 400)
    service.add_response("describe_labeling_job", described("InProgress"))

    with pytest.raises(InvalidInput, match="could not be stopped"):
        ground_truth.stop(NAME)


def _least() -> dict[str, Any]:
    return {
        "LabelingJobName": NAME,
        "LabelAttributeName": "brands",
        **{
            name: described("InProgress")[name]
            for name in ("InputConfig", "OutputConfig", "RoleArn", "HumanTaskConfig")
        },
    }
