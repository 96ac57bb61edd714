"""The emulator as a service sees it: clients, and who an access key belongs to."""

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.services.aws_json.errors import ServiceError

_CONFIG = Config(max_pool_connections=32, s3={"addressing_style": "path"})


class EmulatedAccount:
    """The emulator at `endpoint`, asked with the credentials of the service's own environment."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._session = boto3.Session()
        self._sts = self.client("sts")
        credentials = self._session.get_credentials()
        self._own_key = None if credentials is None else credentials.access_key

    def client(self, service: str) -> Any:
        """Return a new client. Typed Any: a name that is a value has no overload in the SDK's stubs."""
        session: Any = self._session
        region = session.region_name or "us-east-1"
        return session.client(service, endpoint_url=self._endpoint, region_name=region, config=_CONFIG)

    def account_of(self, access_key: str) -> str | None:
        """Return the account of an access key the emulator knows, or None.

        Like AWS, the emulator also decodes an account from a well-formed `AKIA` or `ASIA` key it never
        issued.
        """
        try:
            if access_key == self._own_key:
                return str(self._sts.get_caller_identity()["Account"])
            return str(self._sts.get_access_key_info(AccessKeyId=access_key)["Account"])
        except ClientError:
            return None
        except BotoCoreError as error:
            raise ServiceError("InternalServerError", f"The emulator cannot be reached ({error}).") from error
