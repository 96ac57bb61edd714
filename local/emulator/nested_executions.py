"""Nested executions: MiniStack raises a child's own error in the parent, and stops the parent alone."""

import contextvars
import json
from collections import defaultdict
from typing import Any

from ministack.services import stepfunctions

_running: contextvars.ContextVar[str] = contextvars.ContextVar("running_execution", default="")
_children: dict[str, set[str]] = defaultdict(set)


def build() -> None:
    stepfunctions._nested_execution_failure = nested_failure
    _remember_parents()
    _stop_children()


def nested_failure(payload: dict[str, Any]) -> tuple[str, str]:
    """Return error and cause of a `startExecution.sync` whose child failed.

    On AWS the error is `States.TaskFailed` whatever the child's was, and the cause is the child's description
    as JSON, its own `Error` and `Cause` among it. MiniStack hands up the child's own error.
    """
    error, cause = payload.get("error"), payload.get("cause")
    described = {
        "ExecutionArn": payload.get("executionArn"),
        "Input": payload.get("input"),
        "InputDetails": {"Included": True},
        "Name": payload.get("name"),
        "StartDate": stepfunctions._iso_to_epoch_ms(payload.get("startDate")),
        "StateMachineArn": payload.get("stateMachineArn"),
        "Status": payload.get("status"),
        "StopDate": stepfunctions._iso_to_epoch_ms(payload.get("stopDate")),
    }
    described |= {name: value for name, value in (("Error", error), ("Cause", cause)) if value}
    return "States.TaskFailed", json.dumps(described)


def _remember_parents() -> None:
    run = stepfunctions._run_execution

    def run_execution(arn: str) -> None:
        parent = _running.get()
        if parent:
            _children[parent].add(arn)
        token = _running.set(arn)
        try:
            run(arn)
        finally:
            _running.reset(token)
            _children.pop(arn, None)
            if parent:
                _children[parent].discard(arn)

    stepfunctions._run_execution = run_execution


def _stop_children() -> None:
    """Abort the children with their parent, as AWS does for `.sync` tasks."""
    stop = stepfunctions._stop_execution

    def stop_execution(data: dict[str, Any]) -> Any:
        result = stop(data)
        for child in list(_children.get(data.get("executionArn", ""), ())):
            stop_execution({**data, "executionArn": child})
        return result

    stepfunctions._stop_execution = stop_execution
