"""The emulator as the realisers see it: one boto3 client per service, and where everything is."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config

from local.settings import ACCOUNT, REGION


@dataclass
class Aws:
    """The emulated account under its root key.

    Attributes
    ----------
    endpoints
        Of services that the emulator lacks, by their names in the SDK.
    function_environment
        Variables that every function gets besides its own: where the services are.
    sources
        Digest of what the functions run, see `resources.functions.sources_digest`.
    """

    endpoint: str
    root_key_id: str
    root_secret: str
    endpoints: Mapping[str, str] = field(default_factory=dict)
    function_environment: dict[str, str] = field(default_factory=dict)
    sources: str = ""
    region: str = REGION
    account: str = ACCOUNT
    _clients: dict[str, Any] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def client(self, service: str) -> Any:
        """Return the service's client. Typed Any: realisers pass on what the Pulumi program says, by name."""
        with self._lock:
            if service not in self._clients:
                self._clients[service] = self._session().client(
                    service,
                    endpoint_url=self.endpoints.get(service, self.endpoint),
                    config=Config(
                        retries={"total_max_attempts": 1}, max_pool_connections=16, read_timeout=30
                    ),
                )
            return self._clients[service]

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            client.close()

    def _session(self) -> Any:
        return boto3.Session(self.root_key_id, self.root_secret, region_name=self.region)
