"""The emulator's S3, as labeling jobs use it."""

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

    def write(self, uri: str, body: bytes) -> None:
        bucket, key = _place(uri)
        try:
            self._client.put_object(Bucket=bucket, Key=key, Body=body, ContentType="application/json")
        except ClientError as error:
            raise JobFailed(f"Unable to write {uri} ({error.response['Error']['Code']}).") from error


def _place(uri: str) -> tuple[str, str]:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    if not (uri.startswith("s3://") and bucket and key):
        raise JobFailed(f"{uri} is no S3 URI of an object.")
    return bucket, key
