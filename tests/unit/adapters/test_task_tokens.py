"""Step Functions' task tokens: what the service says of one that is over is an answer, not an error."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import Stubber

from brandlens.adapters.task_tokens import StepFunctionsTokens
from brandlens.errors import AccessRefused
from brandlens.jobs import JobError

ERROR = JobError(code="LabelingFailed", message="Nothing was labeled.", retryable=False)


@pytest.fixture
def tokens(session: boto3.Session) -> StepFunctionsTokens:
    return StepFunctionsTokens(session)


@pytest.fixture
def service(tokens: StepFunctionsTokens) -> Iterator[Stubber]:
    with Stubber(tokens._client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def test_a_state_that_waits_gets_its_output(tokens: StepFunctionsTokens, service: Stubber) -> None:
    service.add_response("send_task_success", {}, {"taskToken": "token", "output": '{"pictures": 3}'})

    assert tokens.succeed("token", {"pictures": 3})


def test_a_state_that_waits_gets_its_error(tokens: StepFunctionsTokens, service: Stubber) -> None:
    service.add_response(
        "send_task_failure",
        {},
        {"taskToken": "token", "error": "LabelingFailed", "cause": "Nothing was labeled."},
    )

    assert tokens.fail("token", ERROR)


@pytest.mark.parametrize("code", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_a_token_that_is_over_reached_nobody(
    tokens: StepFunctionsTokens, service: Stubber, code: str
) -> None:
    service.add_client_error("send_task_success", code, "over", 400)
    service.add_client_error("send_task_failure", code, "over", 400)

    assert not tokens.succeed("token", {})
    assert not tokens.fail("token", ERROR)


def test_any_other_refusal_is_an_error_without_the_token(
    tokens: StepFunctionsTokens, service: Stubber
) -> None:
    service.add_client_error("send_task_success", "AccessDeniedException", "not allowed", 400)

    with pytest.raises(AccessRefused) as refused:
        tokens.succeed("secret-token", {})

    assert "secret-token" not in str(refused.value)
