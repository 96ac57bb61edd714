"""Moves files between this machine and a bucket, in parallel parts where they are large."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from boto3.exceptions import S3UploadFailedError

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors
from brandlens.jobs import Source

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Transfer:
    """Uploads to and downloads from one bucket with the SDK's managed transfers."""

    def __init__(self, bucket: str, session: boto3.Session | None = None) -> None:
        self._bucket = bucket
        self._client: S3Client = (session or default_session()).client("s3", config=CONFIG)

    def upload(self, path: Path, key: str, *, sent: Callable[[int], None]) -> Source:
        """Upload `path`, calling `sent` with bytes as they go, and return the version that was made."""
        with mapped_errors(f"{path} could not be uploaded to s3://{self._bucket}/{key}"):
            try:
                self._client.upload_file(str(path), self._bucket, key, Callback=sent)
            except S3UploadFailedError as error:
                # boto3 wraps the service's answer, which says what to do about it.
                raise error.__context__ or error from error
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        return Source(bucket=self._bucket, key=key, version=head.get("VersionId") or head["ETag"])

    def download(self, key: str, path: Path) -> None:
        """Download the object to `path`, making its folders."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with mapped_errors(f"s3://{self._bucket}/{key} could not be downloaded"):
            self._client.download_file(self._bucket, key, str(path))
