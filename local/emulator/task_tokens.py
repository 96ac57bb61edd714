"""Tasks that wait for their token: MiniStack reads no time limit that is an expression, waits on although the
function that should give the token on has failed, asks policies about no state machine when the token comes
back, and answers otherwise to one that nobody waits for.

A token tells its state machine, so that policies can be asked about one of an earlier emulator too.
"""

import base64
import binascii
import json
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ministack.core import iam_actions
from ministack.services import stepfunctions

_token: ContextVar[str | None] = ContextVar("token", default=None)
"""The token that the function being called was given."""


_machine: ContextVar[str | None] = ContextVar("machine", default=None)
"""The state machine whose task is about to be given its token."""


def build() -> None:
    """Evaluate a task's time limit, fail a task whose function fails before it gives the token on, let a
    token in by the rights on its state machine, and refuse it, as AWS does, when it is over."""
    _evaluate_time_limits()
    _heed_failing_functions()
    _name_the_machine()
    _ask_policies_about_the_machine()
    _answer_for_tokens_that_are_over()


def _evaluate_time_limits() -> None:
    execute = stepfunctions._execute_task

    def execute_task(state: Any, given: Any, execution: Any, context: Any) -> Any:
        limit = state.get("TimeoutSeconds")
        if isinstance(limit, str):
            seconds = stepfunctions._apply_jsonata_template(limit, given, context)
            state = {**state, "TimeoutSeconds": seconds}
        waits = state.get("Resource", "").endswith(".waitForTaskToken")
        held = _machine.set(execution["stateMachineArn"] if waits else None)
        try:
            return execute(state, given, execution, context)
        finally:
            _machine.reset(held)

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


def _name_the_machine() -> None:
    plain = stepfunctions.new_uuid

    def new_uuid() -> str:
        machine = _machine.get()
        if machine is None:
            return str(plain())
        # The first that such a task asks for is its token.
        _machine.set(None)
        return base64.urlsafe_b64encode(json.dumps([machine, plain()]).encode()).decode()

    stepfunctions.new_uuid = new_uuid


def _machine_of(token: Any) -> str | None:
    """Return the ARN that a token tells, None for what was never a token."""
    try:
        machine, _ = json.loads(base64.urlsafe_b64decode(token))
    except (binascii.Error, TypeError, ValueError):
        return None
    return str(machine)


def _ask_policies_about_the_machine() -> None:
    action_of, resource_of = iam_actions.extract_iam_action, iam_actions.extract_resource_arn

    def extract_iam_action(*arguments: Any, **named: Any) -> str | None:
        action: str | None = action_of(*arguments, **named)
        sent = action is not None and action.startswith("states:SendTask")
        # What is no token belongs to no state machine that policies could speak of.
        return None if sent and _machine_of(_token_in(arguments[4])) is None else action

    def extract_resource_arn(*arguments: Any, **named: Any) -> str:
        arn: str = resource_of(*arguments, **named)
        if arguments[0] != "states" or arn != "*":
            return arn
        return _machine_of(_token_in(arguments[4])) or arn

    iam_actions.extract_iam_action = extract_iam_action
    iam_actions.extract_resource_arn = extract_resource_arn


def _token_in(body: bytes | None) -> Any:
    try:
        return json.loads(body or b"{}").get("taskToken")
    except ValueError:
        return None


def _answer_for_tokens_that_are_over() -> None:
    for name in ("_send_task_success", "_send_task_failure", "_send_task_heartbeat"):
        setattr(stepfunctions, name, _refusing(getattr(stepfunctions, name)))


def _refusing(send: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def send_task(data: Any) -> Any:
        token = data.get("taskToken")
        if token in stepfunctions._task_tokens:
            return send(data)
        if _machine_of(token) is None:
            return stepfunctions.error_response_json("InvalidToken", "Invalid Token: 'Invalid token'", 400)
        over = "Task Timed Out: 'Provided task does not exist anymore'"
        return stepfunctions.error_response_json("TaskTimedOut", over, 400)

    return send_task
