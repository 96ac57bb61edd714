"""Asynchronous invocations: MiniStack keeps them in threads, so those that had not ended are lost with it.

Each is a file, named after this process, from its acceptance until what it did is saved; `local.unfinished`
invokes again what an earlier process left.
"""

import json
import os
import uuid
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from ministack.services import lambda_svc

from local.files import write_whole

FOLDER = "BRANDLENS_PENDING_FOLDER"
DONE = ".done"


class Invocation:
    """An accepted event for a function, and how many attempts it has left."""

    def __init__(self, function: dict[str, Any], event: Any) -> None:
        retries = (function.get("event_invoke_config") or {}).get("MaximumRetryAttempts")
        self._attempts = 1 + (2 if retries is None else int(retries))
        self._file = Path(os.environ[FOLDER]) / f"{os.getpid()}-{uuid.uuid4().hex}.json"
        arn = (function.get("config") or function)["FunctionArn"]
        write_whole(self._file, json.dumps({"function": arn, "event": event}))

    def tried(self, *, failed: bool) -> None:
        """Note an attempt; after the last one the event is done with."""
        self._attempts -= 1
        if not failed or not self._attempts:
            self._file.replace(self._file.with_suffix(DONE))


def done() -> list[Path]:
    """Return the files of the events that this process is done with; others' are to be delivered again."""
    return list(Path(os.environ[FOLDER]).glob(f"{os.getpid()}-*{DONE}"))


_current: ContextVar[Invocation | None] = ContextVar("invocation", default=None)


def build() -> None:
    invoke, execute = lambda_svc.invoke_async_with_retry, lambda_svc._execute_function

    def invoke_async_with_retry(function: dict[str, Any], event: Any) -> None:
        # The thread of the attempts runs in a copy of this context.
        token = _current.set(Invocation(function, event))
        try:
            invoke(function, event)
        finally:
            _current.reset(token)

    def execute_function(function: dict[str, Any], event: Any) -> dict[str, Any]:
        result: dict[str, Any] = execute(function, event)
        if invocation := _current.get():
            invocation.tried(failed=bool(result.get("error")))
        return result

    lambda_svc.invoke_async_with_retry = invoke_async_with_retry
    lambda_svc._execute_function = execute_function
