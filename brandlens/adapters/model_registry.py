"""The embedded models of a stack, in its results bucket, each under the SHA-256 by which it is known again.

S3 keeps the checksum with the object and checks it on the way in and out; whoever reads a model also compares
it with the version's record, so that an object that was put in its place is not taken for it.
"""

import base64
import hashlib
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError, FlexibleChecksumError

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors
from brandlens.errors import ModelFailed
from brandlens.training.files import artifact_key
from brandlens.training.versions import Artifact

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3ModelRegistry:
    """A `ModelRegistry`."""

    def __init__(self, bucket: str, session: boto3.Session | None = None) -> None:
        self._bucket = bucket
        self._client: S3Client = (session or default_session()).client("s3", config=CONFIG)

    def keep(self, project: str, version: str, model: bytes) -> Artifact:
        key = artifact_key(project, version)
        with mapped_errors(f"The model of version {version} could not be kept"):
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=model,
                ContentType="application/zip",
                ChecksumAlgorithm="SHA256",
            )
        return Artifact(bucket=self._bucket, key=key, sha256=hashlib.sha256(model).hexdigest())

    def holds(self, artifact: Artifact) -> bool:
        with mapped_errors(f"The model {artifact.key!r} could not be looked at"):
            try:
                told = self._client.head_object(
                    Bucket=artifact.bucket, Key=artifact.key, ChecksumMode="ENABLED"
                )
            except ClientError as error:
                if error.response["Error"].get("Code") in ("404", "NoSuchKey"):
                    return False
                raise
        # What was put in its place need not have such a checksum.
        return base64.b64decode(told.get("ChecksumSHA256", "")).hex() == artifact.sha256

    def read(self, artifact: Artifact) -> bytes:
        what = f"The model s3://{artifact.bucket}/{artifact.key} is refused"
        with mapped_errors(f"The model {artifact.key!r} could not be read"):
            try:
                answer = self._client.get_object(
                    Bucket=artifact.bucket, Key=artifact.key, ChecksumMode="ENABLED"
                )
                model = answer["Body"].read()
            except FlexibleChecksumError as error:
                raise ModelFailed(what, "it was damaged on its way", "Train it again") from error
            except ClientError as error:
                if error.response["Error"].get("Code") == "NoSuchKey":
                    raise ModelFailed(what, "it was deleted", "Train it again") from error
                raise
        if hashlib.sha256(model).hexdigest() != artifact.sha256:
            raise ModelFailed(
                what, "its SHA-256 is not the one that was recorded when it was trained", "Train it again"
            )
        return model
