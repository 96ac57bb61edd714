"""Amazon SageMaker Ground Truth: people who label."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors
from brandlens.labeling.state import LabelingJob

if TYPE_CHECKING:
    from mypy_boto3_sagemaker import SageMakerClient

_TAKEN = "ResourceInUse"
_MISSING = "ResourceNotFound"


class GroundTruth:
    """A `LabelingService`."""

    def __init__(self, session: boto3.Session | None = None) -> None:
        self._client: SageMakerClient = (session or default_session()).client("sagemaker", config=CONFIG)

    def create(self, parameters: Mapping[str, Any]) -> bool:
        with mapped_errors(f"People could not be asked to label {parameters['LabelingJobName']}"):
            try:
                self._client.create_labeling_job(**parameters)
            except ClientError as error:
                if _code(error) != _TAKEN:
                    raise
                return False
        return True

    def describe(self, name: str) -> LabelingJob | None:
        with mapped_errors(f"The labeling job {name} could not be looked at"):
            try:
                answer = self._client.describe_labeling_job(LabelingJobName=name)
            except ClientError as error:
                if _code(error) != _MISSING:
                    raise
                return None
        counters = answer["LabelCounters"]
        return LabelingJob(
            status=answer["LabelingJobStatus"],
            output_manifest=answer.get("LabelingJobOutput", {}).get("OutputDatasetS3Uri") or None,
            failure_reason=answer.get("FailureReason"),
            labeled=counters.get("TotalLabeled", 0),
            unlabeled=counters.get("Unlabeled", 0),
        )

    def stop(self, name: str) -> None:
        with mapped_errors(f"The labeling job {name} could not be stopped"):
            try:
                self._client.stop_labeling_job(LabelingJobName=name)
            except ClientError as error:
                job = None if _code(error) == _MISSING else self.describe(name)
                if job is not None and not job.has_ended and job.status != "Stopping":
                    raise

    def site(self, work_team_arn: str) -> str:
        """Return the host, and port if it is no usual one, of the page where a work team labels."""
        with mapped_errors(f"The work team {work_team_arn} could not be looked at"):
            answer = self._client.describe_workteam(WorkteamName=work_team_arn.rpartition("/")[2])
        return answer["Workteam"]["SubDomain"]


def _code(error: ClientError) -> str:
    return error.response["Error"].get("Code", "Unknown")
