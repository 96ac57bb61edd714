"""Who calls: the SigV4 header read, its date checked, its access key looked up in the emulator."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from local.services.aws_json.errors import ServiceError

_HEADER = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/\s]+)/(?P<date>\d{8})/(?P<region>[a-z0-9-]+)/"
    r"(?P<service>[a-z0-9]+)/aws4_request, ?SignedHeaders=(?P<headers>[a-z0-9;-]+), ?"
    r"Signature=(?P<signature>[0-9a-f]{64})"
)
_WINDOW = timedelta(minutes=15)
"""How far a request's date may lie from the service's clock."""


@dataclass(frozen=True, slots=True)
class Caller:
    account: str
    region: str


class Callers:
    """Tells who signed a request for a service, named as in a signature's scope.

    `account_of` gives the account of a known access key, None for others.
    """

    def __init__(self, service: str, account_of: Callable[[str], str | None]) -> None:
        self._service, self._account_of = service, account_of
        self._accounts: dict[str, str] = {}
        self._lock = threading.Lock()

    def identify(self, headers: Mapping[str, str], now: datetime) -> Caller:
        """Return the caller, given headers by lower-case name.

        `ServiceError` for a request that is unsigned, stale, for another service or of an unknown key.
        """
        authorization = headers.get("authorization")
        if not authorization:
            raise ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token")
        match = _HEADER.fullmatch(authorization)
        if match is None or "host" not in match["headers"].split(";"):
            raise ServiceError(
                "IncompleteSignatureException", "The Authorization header is not a complete SigV4 signature."
            )
        if match["service"] != self._service:
            raise ServiceError(
                "InvalidSignatureException",
                f"Credential should be scoped to correct service: '{self._service}', "
                f"not '{match['service']}'.",
            )
        _check_date(headers.get("x-amz-date", ""), match["date"], now)
        return Caller(account=self._account(match["key"]), region=match["region"])

    def _account(self, access_key: str) -> str:
        with self._lock:
            known = self._accounts.get(access_key)
        if known is not None:
            return known
        account = self._account_of(access_key)
        if account is None:
            raise ServiceError(
                "UnrecognizedClientException", "The security token included in the request is invalid."
            )
        with self._lock:
            self._accounts[access_key] = account
        return account


def _check_date(stamp: str, scope_date: str, now: datetime) -> None:
    try:
        signed_at = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise ServiceError("IncompleteSignatureException", "The request has no valid X-Amz-Date.") from error
    if abs(now - signed_at) > _WINDOW or not stamp.startswith(scope_date):
        raise ServiceError("InvalidSignatureException", f"Signature expired: {stamp} is not current.")
