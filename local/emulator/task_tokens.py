"""Tasks that wait for their token: MiniStack reads no time limit that is an expression, waits on although the
function that should give the token on has failed, and asks policies about no state machine when the token
comes back."""

import json
from contextvars import ContextVar
from typing import Any

from ministack.core import iam_actions
from ministack.services import stepfunctions

_token: ContextVar[str | None] = ContextVar("token", default=None)
"""The token that the function being called was given."""


_machine: ContextVar[str | None] = ContextVar("machine", default=None)
"""The state machine whose task is being executed."""
_machines: dict[str, str] = {}
"""The state machine of each token that was given out."""


def build() -> None:
    """Evaluate a task's time limit, fail a task whose function fails before it gives the token on, and let a
    token back in by the rights on its state machine."""
    _evaluate_time_limits()
    _heed_failing_functions()
    _ask_policies_about_the_machine()


def _evaluate_time_limits() -> None:
    execute = stepfunctions._execute_task

    def execute_task(state: Any, given: Any, execution: Any, context: Any) -> Any:
        limit = state.get("TimeoutSeconds")
        if isinstance(limit, str):
            seconds = stepfunctions._apply_jsonata_template(limit, given, context)
            state = {**state, "TimeoutSeconds": seconds}
        held = _machine.set(execution["stateMachineArn"])
        try:
            return execute(state, given, execution, context)
        finally:
            _machine.reset(held)

    stepfunctions._execute_task = execute_task


def _heed_failing_functions() -> None:
    wait, call = stepfunctions._invoke_with_callback, stepfunctions._call_lambda

    def invoke_with_callback(resource: Any, given: Any, token: str, state: Any) -> Any:
        held = _token.set(token)
        _machines[token] = _machine.get() or ""
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


def _ask_policies_about_the_machine() -> None:
    extract = iam_actions.extract_resource_arn

    def extract_resource_arn(*arguments: Any, **named: Any) -> str:
        arn: str = extract(*arguments, **named)
        service, body = arguments[0], arguments[4]
        if service != "states" or arn != "*" or not body:
            return arn
        return _machines.get(json.loads(body).get("taskToken", "")) or arn

    iam_actions.extract_resource_arn = extract_resource_arn
