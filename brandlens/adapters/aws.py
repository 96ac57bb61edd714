"""What every AWS adapter shares: the session, the client configuration, and the mapping of the SDK's errors.

Endpoints, region and credentials come from the SDK's own environment variables and files, so that the same
code reaches AWS and the local cloud.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    TokenRetrievalError,
)
from botocore.exceptions import (
    ConnectionError as UnreachableError,
)

from brandlens.errors import (
    AccessRefused,
    BrandlensError,
    InvalidInput,
    InvalidSettings,
    NotFound,
    ObjectNotFound,
    ServiceUnavailable,
    Throttled,
)

CONFIG = Config(
    retries={"mode": "standard", "max_attempts": 4},
    connect_timeout=5,
    read_timeout=60,
    max_pool_connections=32,
)
"""Every adapter's client configuration: a call is tried 4 times, with jitter, before its error is ours."""

S3_CONFIG = CONFIG.merge(Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
"""Presigned URLs bear version 4 signatures, which every region takes, for the host of the bucket's region:
the global one sends on to it while a bucket is young, and no other host takes the signature of one."""

THROTTLES = frozenset({
    "BandwidthLimitExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottledException",
    "SlowDown",
    "Throttling",
    "ThrottledException",
    "ThrottlingException",
    "TooManyRequestsException",
})  # fmt: skip
"""Codes by which services ask for fewer calls, whatever the HTTP status (DynamoDB says 400, S3 says 503)."""

_REFUSALS = frozenset({
    "AccessDenied",
    "AccessDeniedException",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
})  # fmt: skip
_MISSING_OBJECTS = frozenset({"NoSuchKey", "NoSuchVersion", "404"})
_MISSING = frozenset({"NoSuchBucket", "ResourceNotFoundException", "StateMachineDoesNotExist"})


@cache
def default_session() -> boto3.Session:
    """The process's session, made once: loading the SDK's service models is most of a client's cost."""
    return boto3.Session()


def session_of(profile: str | None, region: str) -> boto3.Session:
    """Return a session as Pulumi's own provider would have it; `AccessRefused` for an unknown profile."""
    try:
        return boto3.Session(profile_name=profile, region_name=region)
    except ProfileNotFound as error:
        raise AccessRefused("AWS cannot be asked", str(error).rstrip("."), "Check aws:profile") from error


@contextmanager
def mapped_errors(what: str) -> Iterator[None]:
    """Turn the SDK's errors into ours, the SDK's error chained as the cause.

    `what` names the attempt as a plain clause, such as ``"inbox/a.mp4 could not be read"``. Handle the codes
    a call expects (a failed condition, say) inside the block: an error of ours passes through untouched.
    """
    try:
        yield
    except ClientError as error:
        raise _from_response(what, error) from error
    except (HTTPClientError, UnreachableError) as error:
        raise ServiceUnavailable(what, f"the service could not be reached ({error})") from error
    except (NoCredentialsError, PartialCredentialsError, TokenRetrievalError) as error:
        raise AccessRefused(what, str(error).rstrip("."), "Set AWS credentials for this call") from error
    except BotoCoreError as error:
        raise InvalidSettings(
            what, str(error).rstrip("."), "Check the AWS settings in the environment"
        ) from error


def _from_response(what: str, error: ClientError) -> BrandlensError:
    code = error.response["Error"].get("Code", "Unknown")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    why = f"{error.operation_name} answered {code}: {error.response['Error'].get('Message', '')}".rstrip(
        " .:"
    )
    if code in THROTTLES or status == 429:
        return Throttled(what, why)
    if code in _REFUSALS or status == 403:
        return AccessRefused(what, why, "Grant the caller that permission, or renew its credentials")
    if code in _MISSING_OBJECTS:
        return ObjectNotFound(what, f"it is not there ({why})", "Upload it again")
    if code in _MISSING or status == 404:
        return NotFound(what, why)
    if status >= 500:
        return ServiceUnavailable(what, why)
    return InvalidInput(what, why)
