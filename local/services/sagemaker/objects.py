"""The emulator's S3, as the service's jobs use it."""

from typing import Any

from botocore.exceptions import ClientError

from local.services.sagemaker.errors import JobFailed


class Objects:
    """Objects by URI. `JobFailed` where S3 refuses; an emulator that is away raises the SDK's own error."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def read(self, uri: str) -> bytes:
        bucket, key = _place(uri)
        try:
            body: bytes = self._client.get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError as error:
            raise JobFailed(f"Unable to read {uri} ({error.response['Error']['Code']}).") from error
        return body

    def uris(self, prefix: str) -> list[str]:
        """Return the URIs of all objects that begin with the URI `prefix`."""
        bucket, key = _place(prefix)
        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
            return [f"s3://{bucket}/{item['Key']}" for page in pages for item in page.get("Contents", [])]
        except ClientError as error:
            raise JobFailed(f"Unable to list {prefix} ({error.response['Error']['Code']}).") from error

    def write(self, uri: str, body: bytes, content_type: str = "application/json") -> None:
        bucket, key = _place(uri)
        try:
            self._client.put_object(Bucket=bucket, Key=key, Body=body, ContentType=content_type)
        except ClientError as error:
            raise JobFailed(f"Unable to write {uri} ({error.response['Error']['Code']}).") from error


def _place(uri: str) -> tuple[str, str]:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    if not (uri.startswith("s3://") and bucket and key):
        raise JobFailed(f"{uri} is no S3 URI of an object.")
    return bucket, key
