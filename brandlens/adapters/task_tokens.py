"""States of Step Functions that wait for a callback, as `TaskTokens`."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors
from brandlens.jobs import JobError

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

_OVER = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})
"""What Step Functions says of a token that has been used, or whose state waits no longer."""


class StepFunctionsTokens:
    def __init__(self, session: boto3.Session | None = None) -> None:
        self._client: SFNClient = (session or default_session()).client("stepfunctions", config=CONFIG)

    def succeed(self, token: str, output: Mapping[str, Any]) -> bool:
        return _sent(lambda: self._client.send_task_success(taskToken=token, output=json.dumps(output)))

    def fail(self, token: str, error: JobError) -> bool:
        return _sent(
            lambda: self._client.send_task_failure(taskToken=token, error=error.code, cause=error.message)
        )


def _sent(send: Callable[[], object]) -> bool:
    with mapped_errors("a waiting state could not be told that its wait is over"):
        try:
            send()
        except ClientError as error:
            if error.response["Error"].get("Code") in _OVER:
                return False
            raise
    return True
