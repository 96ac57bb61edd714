"""What the service asks of the emulator: objects, and who an access key belongs to."""

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.services.rekognition.errors import ServiceError
from local.services.rekognition.records import S3Object


class Emulator:
    """The emulator at `endpoint`, asked with the credentials of the service's own environment."""

    def __init__(self, endpoint: str) -> None:
        session = boto3.Session()
        region = session.region_name or "us-east-1"
        config = Config(max_pool_connections=32, s3={"addressing_style": "path"})
        self._s3 = session.client("s3", endpoint_url=endpoint, region_name=region, config=config)
        self._sts = session.client("sts", endpoint_url=endpoint, region_name=region)
        credentials = session.get_credentials()
        self._own_key = None if credentials is None else credentials.access_key

    def read(self, wanted: S3Object, *, max_bytes: int) -> bytes:
        """Return an object; `ServiceError` where it cannot be read or is larger than `max_bytes`."""
        try:
            if wanted.Version:
                answer = self._s3.get_object(Bucket=wanted.Bucket, Key=wanted.Name, VersionId=wanted.Version)
            else:
                answer = self._s3.get_object(Bucket=wanted.Bucket, Key=wanted.Name)
            if answer["ContentLength"] > max_bytes:
                answer["Body"].close()
                raise ServiceError(
                    "ImageTooLargeException", f"s3://{wanted.Bucket}/{wanted.Name} is over {max_bytes} bytes."
                )
            return answer["Body"].read()
        except (ClientError, BotoCoreError) as error:
            raise ServiceError(
                "InvalidS3ObjectException",
                f"Unable to get s3://{wanted.Bucket}/{wanted.Name} from S3 ({error}). "
                "Check object key, region and/or access permissions.",
            ) from error

    def write(self, target: S3Object, body: bytes) -> None:
        self._s3.put_object(Bucket=target.Bucket, Key=target.Name, Body=body, ContentType="application/json")

    def account_of(self, access_key: str) -> str | None:
        """Return the account of an access key the emulator knows, or None.

        Like AWS, the emulator also decodes an account from a well-formed `AKIA` or `ASIA` key it never
        issued.
        """
        try:
            if access_key == self._own_key:
                return self._sts.get_caller_identity()["Account"]
            return self._sts.get_access_key_info(AccessKeyId=access_key)["Account"]
        except ClientError:
            return None
        except BotoCoreError as error:
            raise ServiceError("InternalServerError", f"The emulator cannot be reached ({error}).") from error
