"""Uploads in parts to a bucket."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from brandlens.adapters.aws import S3_CONFIG, default_session, mapped_errors
from brandlens.errors import NotFound
from brandlens.jobs import Source

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompleteMultipartUploadOutputTypeDef, HeadObjectOutputTypeDef

_NAME = "upload"
"""What an object is told by that an upload has made."""

_NO_VERSION = "null"
_MISSING = ("NoSuchUpload", "404", "NoSuchKey")


class MultipartUploads:
    """An `Uploads`."""

    def __init__(self, bucket: str, session: boto3.Session | None = None) -> None:
        self._bucket = bucket
        self._client: S3Client = (session or default_session()).client("s3", config=S3_CONFIG)

    def begin(self, key: str, *, name: str) -> str:
        with mapped_errors(f"{key!r} could not be uploaded"):
            return self._client.create_multipart_upload(Bucket=self._bucket, Key=key, Metadata={_NAME: name})[
                "UploadId"
            ]

    def part_url(self, key: str, upload_id: str, number: int, *, seconds: int) -> str:
        with mapped_errors(f"{key!r} could not be signed"):
            return self._client.generate_presigned_url(
                "upload_part",
                Params={"Bucket": self._bucket, "Key": key, "UploadId": upload_id, "PartNumber": number},
                ExpiresIn=seconds,
            )

    def parts(self, key: str, upload_id: str) -> Mapping[int, int]:
        return {number: size for number, (size, _) in self._parts(key, upload_id).items()}

    def complete(self, key: str, upload_id: str) -> Source:
        tags = {number: tag for number, (_, tag) in sorted(self._parts(key, upload_id).items())}
        with mapped_errors(f"{key!r} could not be put together"):
            try:
                made = self._client.complete_multipart_upload(
                    Bucket=self._bucket,
                    Key=key,
                    UploadId=upload_id,
                    MultipartUpload={
                        "Parts": [{"PartNumber": number, "ETag": tag} for number, tag in tags.items()]
                    },
                )
            except ClientError as error:
                raise _ended(key, error) from error
        return Source(bucket=self._bucket, key=key, version=_version(made))

    def made(self, key: str, *, name: str) -> Source | None:
        with mapped_errors(f"{key!r} could not be looked for"):
            pages = self._client.get_paginator("list_object_versions").paginate(
                Bucket=self._bucket, Prefix=key
            )
            found = (each for page in pages for each in page.get("Versions", []) if each["Key"] == key)
            for each in found:
                pin: dict[str, Any] = (
                    {} if each["VersionId"] == _NO_VERSION else {"VersionId": each["VersionId"]}
                )
                head = self._client.head_object(Bucket=self._bucket, Key=key, **pin)
                if head["Metadata"].get(_NAME) == name:
                    return Source(bucket=self._bucket, key=key, version=_version(head))
        return None

    def abort(self, key: str, upload_id: str) -> None:
        with mapped_errors(f"the upload of {key!r} could not be given up"):
            try:
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload_id)
            except ClientError as error:
                raise _ended(key, error) from error

    def current(self, key: str) -> Source | None:
        with mapped_errors(f"{key!r} could not be looked at"):
            try:
                head = self._client.head_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if error.response["Error"].get("Code") in _MISSING:
                    return None
                raise
        return Source(bucket=self._bucket, key=key, version=_version(head))

    def _parts(self, key: str, upload_id: str) -> Mapping[int, tuple[int, str]]:
        """Return the bytes and the ETag of each part that has come, by its number."""
        with mapped_errors(f"the parts of {key!r} could not be listed"):
            try:
                pages = list(
                    self._client.get_paginator("list_parts").paginate(
                        Bucket=self._bucket, Key=key, UploadId=upload_id
                    )
                )
            except ClientError as error:
                raise _ended(key, error) from error
        parts = [part for page in pages for part in page.get("Parts", [])]
        return {part["PartNumber"]: (part["Size"], part["ETag"]) for part in parts}


def _version(answer: "CompleteMultipartUploadOutputTypeDef | HeadObjectOutputTypeDef") -> str:
    """Return the version id, or the ETag where the bucket keeps no versions."""
    version = answer.get("VersionId")
    return answer["ETag"] if version in (None, _NO_VERSION) else str(version)


def _ended(key: str, error: ClientError) -> Exception:
    if error.response["Error"].get("Code") not in _MISSING:
        return error
    return NotFound(
        f"The upload of {key!r} is not known", "it has ended, or was given up", "Begin another upload"
    )
