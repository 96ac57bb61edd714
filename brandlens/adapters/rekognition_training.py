"""Amazon Rekognition Custom Labels: training a model version."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

from brandlens.adapters.aws import mapped_errors
from brandlens.adapters.rekognition import client, find_project, find_version
from brandlens.errors import NotFound, TooManyTrainings
from brandlens.training.versions import ObjectLocation, TrainedVersion

if TYPE_CHECKING:
    from mypy_boto3_rekognition.type_defs import AssetTypeDef, ProjectVersionDescriptionTypeDef


_PERCENT_DONE = re.compile(r"(\d+)% done")
"""AWS's status messages name no percentage; the local service's do."""


class RekognitionTrainer:
    """A `Trainer`."""

    def __init__(self, session: boto3.Session | None = None) -> None:
        self._client = client(session)

    def ensure_project(self, name: str) -> str:
        try:
            return find_project(self._client, name)
        except NotFound:
            with mapped_errors(f"The Rekognition project {name} could not be made"):
                try:
                    return self._client.create_project(ProjectName=name)["ProjectArn"]
                except ClientError as error:
                    # Somebody else made it in between.
                    if error.response["Error"].get("Code") != "ResourceInUseException":
                        raise
            return find_project(self._client, name)

    def version(self, project_arn: str, name: str) -> TrainedVersion | None:
        found = find_version(self._client, project_arn, name)
        return None if found is None else _described(found)

    def versions(self, project: str) -> Sequence[TrainedVersion]:
        """Return every version of the service's project called `project`, none where it was never made."""
        try:
            project_arn = find_project(self._client, project)
        except NotFound:
            return ()
        with mapped_errors(f"The model versions of {project} could not be listed"):
            pages = self._client.get_paginator("describe_project_versions").paginate(ProjectArn=project_arn)
            return [_described(found) for page in pages for found in page["ProjectVersionDescriptions"]]

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
        def asset(key: str) -> "AssetTypeDef":
            return {"GroundTruthManifest": {"S3Object": {"Bucket": bucket, "Name": key}}}

        what = f"The training of version {name} could not begin"
        with mapped_errors(what):
            try:
                return self._client.create_project_version(
                    ProjectArn=project_arn,
                    VersionName=name,
                    OutputConfig={"S3Bucket": bucket, "S3KeyPrefix": output},
                    TrainingData={"Assets": [asset(train_manifest)]},
                    TestingData={"Assets": [asset(test_manifest)]},
                )["ProjectVersionArn"]
            except ClientError as error:
                if error.response["Error"].get("Code") != "LimitExceededException":
                    raise
                why = error.response["Error"].get("Message", "").rstrip(".")
                raise TooManyTrainings(what, why, "Wait until another training has ended") from error


def _described(found: "ProjectVersionDescriptionTypeDef") -> TrainedVersion:
    message = found.get("StatusMessage", "")
    percent = _PERCENT_DONE.search(message)
    evaluation = found.get("EvaluationResult", {})
    summary = evaluation.get("Summary", {}).get("S3Object")
    return TrainedVersion(
        arn=found["ProjectVersionArn"],
        name=_version_name(found["ProjectVersionArn"]),
        status=found["Status"],
        message=message,
        percent_done=int(percent[1]) if percent else None,
        f1=evaluation.get("F1Score"),
        summary=summary and ObjectLocation(bucket=summary["Bucket"], key=summary["Name"]),
        billable_seconds=found.get("BillableTrainingTimeInSeconds"),
    )


def _version_name(arn: str) -> str:
    # arn:aws:rekognition:REGION:ACCOUNT:project/NAME/version/VERSION/CREATED
    return arn.split("/")[3]
