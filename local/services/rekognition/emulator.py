"""What the service asks of the emulator: objects, and who an access key belongs to."""

from botocore.exceptions import BotoCoreError, ClientError

from local.services.aws_json.emulated_account import EmulatedAccount
from local.services.aws_json.errors import ServiceError
from local.services.rekognition.records import S3Object


class Emulator(EmulatedAccount):
    def __init__(self, endpoint: str) -> None:
        super().__init__(endpoint)
        self._s3 = self.client("s3")

    def read(self, wanted: S3Object, *, max_bytes: int) -> bytes:
        """Return an object; `ServiceError` where it cannot be read or is larger than `max_bytes`."""
        version = {"VersionId": wanted.Version} if wanted.Version else {}
        try:
            answer = self._s3.get_object(Bucket=wanted.Bucket, Key=wanted.Name, **version)
            if answer["ContentLength"] > max_bytes:
                answer["Body"].close()
                raise ServiceError(
                    "ImageTooLargeException", f"s3://{wanted.Bucket}/{wanted.Name} is over {max_bytes} bytes."
                )
            body: bytes = answer["Body"].read()
        except (ClientError, BotoCoreError) as error:
            raise ServiceError(
                "InvalidS3ObjectException",
                f"Unable to get s3://{wanted.Bucket}/{wanted.Name} from S3 ({error}). "
                "Check object key, region and/or access permissions.",
            ) from error
        return body

    def write(self, target: S3Object, body: bytes) -> None:
        self._s3.put_object(Bucket=target.Bucket, Key=target.Name, Body=body, ContentType="application/json")
