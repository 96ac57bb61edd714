"""Tasks that wait for their token: MiniStack reads no time limit that is an expression, and waits on although
the function that should give the token on has failed."""

from contextvars import ContextVar
from typing import Any

from ministack.services import stepfunctions

_token: ContextVar[str | None] = ContextVar("token", default=None)
"""The token that the function being called was given."""


def build() -> None:
    """Evaluate a task's time limit, and fail a task whose function fails before it gives the token on."""
    _evaluate_time_limits()
    _heed_failing_functions()


def _evaluate_time_limits() -> None:
    execute = stepfunctions._execute_task

    def execute_task(state: Any, given: Any, execution: Any, context: Any) -> Any:
        limit = state.get("TimeoutSeconds")
        if isinstance(limit, str):
            seconds = stepfunctions._apply_jsonata_template(limit, given, context)
            state = {**state, "TimeoutSeconds": seconds}
        return execute(state, given, execution, context)

    stepfunctions._execute_task = execute_task


def _heed_failing_functions() -> None:
    wait, call = stepfunctions._invoke_with_callback, stepfunctions._call_lambda

    def invoke_with_callback(resource: Any, given: Any, token: str, state: Any) -> Any:
        held = _token.set(token)
        try:
            return wait(resource, given, token, state)
        finally:
            _token.reset(held)

    def call_lambda(function: Any, event: Any) -> Any:
        try:
            return call(function, event)
        except stepfunctions._ExecutionError as error:
            waiting = stepfunctions._task_tokens.get(_token.get())
            if waiting:
                waiting["error"] = {"Error": error.error, "Cause": error.cause}
                waiting["event"].set()
            raise

    stepfunctions._invoke_with_callback = invoke_with_callback
    stepfunctions._call_lambda = call_lambda
