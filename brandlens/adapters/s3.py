"""A bucket as an `ObjectStore`."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from brandlens.adapters.aws import S3_CONFIG, default_session, mapped_errors
from brandlens.errors import ObjectNotFound

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_NO_VERSION = "null"
"""The version id of an object that was written where no versions were kept."""

_DELETE_BATCH = 1000
"""Keys that DeleteObjects takes at most."""


class S3ObjectStore:
    """One bucket. Versions are S3 version ids, or ETags in their double quotes."""

    def __init__(self, bucket: str, session: boto3.Session | None = None) -> None:
        self.bucket = bucket
        self._client: S3Client = (session or default_session()).client("s3", config=S3_CONFIG)

    def read(
        self, key: str, *, start: int = 0, length: int | None = None, version: str | None = None
    ) -> bytes:
        if length == 0:
            return b""
        end = "" if length is None else str(start + length - 1)
        with mapped_errors(f"{key!r} could not be read"):
            try:
                answer = self._client.get_object(
                    Bucket=self.bucket, Key=key, Range=f"bytes={start}-{end}", **_pin(version)
                )
                return answer["Body"].read()
            except ClientError as error:
                if _status(error) == 416:  # the range starts at or after the object's end
                    return b""
                raise _replaced(key, error) from error

    def size(self, key: str, *, version: str | None = None) -> int:
        with mapped_errors(f"{key!r} could not be read"):
            try:
                return self._client.head_object(Bucket=self.bucket, Key=key, **_pin(version))["ContentLength"]
            except ClientError as error:
                raise _replaced(key, error) from error

    def write(self, key: str, body: bytes, *, content_type: str) -> None:
        with mapped_errors(f"{key!r} could not be written"):
            self._client.put_object(Bucket=self.bucket, Key=key, Body=body, ContentType=content_type)

    def create(self, key: str, body: bytes, *, content_type: str) -> bool:
        with mapped_errors(f"{key!r} could not be written"):
            try:
                self._client.put_object(
                    Bucket=self.bucket, Key=key, Body=body, ContentType=content_type, IfNoneMatch="*"
                )
            except ClientError as error:
                if _status(error) in (409, 412):  # 409: another conditional write is going on
                    return False
                raise
        return True

    def keys(self, prefix: str) -> Iterator[str]:
        with mapped_errors(f"{prefix!r} could not be listed"):
            for page in self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=prefix
            ):
                for item in page.get("Contents", []):
                    yield item["Key"]

    def versions(self, prefix: str) -> Mapping[str, str]:
        with mapped_errors(f"{prefix!r} could not be listed"):
            pages = self._client.get_paginator("list_object_versions").paginate(
                Bucket=self.bucket, Prefix=prefix
            )
            return {
                item["Key"]: item["ETag"] if item["VersionId"] == _NO_VERSION else item["VersionId"]
                for page in pages
                for item in page.get("Versions", [])
                if item["IsLatest"]
            }

    def delete_prefix(self, prefix: str) -> None:
        keys = self.keys(prefix)
        while batch := list(islice(keys, _DELETE_BATCH)):
            with mapped_errors(f"{prefix!r} could not be deleted"):
                self._client.delete_objects(
                    Bucket=self.bucket,
                    Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True},
                )

    def presigned_url(self, key: str, *, seconds: int, version: str | None = None) -> str:
        pin = {} if _is_etag(version) else _pin(version)  # a URL's reader sends no If-Match
        with mapped_errors(f"{key!r} could not be signed"):
            return self._client.generate_presigned_url(
                "get_object", Params={"Bucket": self.bucket, "Key": key, **pin}, ExpiresIn=seconds
            )


def _is_etag(version: str | None) -> bool:
    return version is not None and version.startswith('"')


def _pin(version: str | None) -> dict[str, Any]:
    if version is None:
        return {}
    return {"IfMatch": version} if _is_etag(version) else {"VersionId": version}


def _status(error: ClientError) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


def _replaced(key: str, error: ClientError) -> Exception:
    if _status(error) != 412:
        return error
    return ObjectNotFound(f"{key!r} is gone", "other content has taken its place, which has a job of its own")
