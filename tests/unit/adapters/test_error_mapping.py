import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ParamValidationError, ReadTimeoutError

from brandlens.adapters.aws import mapped_errors, session_of
from brandlens.errors import (
    AccessRefused,
    InvalidInput,
    InvalidSettings,
    NotFound,
    ObjectNotFound,
    ServiceUnavailable,
    Throttled,
)


def answer(code: str, status: int) -> ClientError:
    return ClientError(
        {"Error": {"Code": code, "Message": "So it is."}, "ResponseMetadata": {"HTTPStatusCode": status}},  # type: ignore[typeddict-item]
        "DoIt",
    )


@pytest.mark.parametrize(
    ("error", "leaf"),
    [
        (answer("ProvisionedThroughputExceededException", 400), Throttled),
        (answer("SlowDown", 503), Throttled),
        (answer("Whatever", 429), Throttled),
        (answer("AccessDeniedException", 400), AccessRefused),
        (answer("Whatever", 403), AccessRefused),
        (answer("NoSuchKey", 404), ObjectNotFound),
        (answer("404", 404), ObjectNotFound),
        (answer("NoSuchBucket", 404), NotFound),
        (answer("ResourceNotFoundException", 400), NotFound),
        (answer("InternalError", 500), ServiceUnavailable),
        (answer("ValidationException", 400), InvalidInput),
        (EndpointConnectionError(endpoint_url="https://s3"), ServiceUnavailable),
        (ReadTimeoutError(endpoint_url="https://s3"), ServiceUnavailable),
        (ParamValidationError(report="no bucket"), InvalidSettings),
    ],
)
def test_what_the_sdk_raises_becomes_ours_with_its_cause(error: Exception, leaf: type[Exception]) -> None:
    with pytest.raises(leaf, match="it could not be done") as caught, mapped_errors("it could not be done"):
        raise error
    assert caught.value.__cause__ is error


def test_what_aws_said_is_kept_for_the_reader() -> None:
    with (
        pytest.raises(InvalidInput, match=r"not done: DoIt answered Odd: So it is\.$"),
        mapped_errors("not done"),
    ):
        raise answer("Odd", 400)


def test_an_error_of_ours_passes_untouched() -> None:
    ours = ObjectNotFound("a is gone", "somebody deleted it")
    with pytest.raises(ObjectNotFound) as caught, mapped_errors("it could not be done"):
        raise ours
    assert caught.value is ours


def test_a_profile_that_is_not_there_is_told() -> None:
    with pytest.raises(AccessRefused, match="nobody"):
        session_of("nobody", "eu-west-1")
