"""The local cloud's emulator, in which a workflow meets its fault: `python -m benchmarks.faults.emulator`.

A fault is a file `armed/<name of the object>` in the folder that the variable `FOLDER` names. When the
execution that works on that object is in the state, the fault happens once, and `hit/<name>` holds the time.
"""

import json
import os
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ministack.app import main
from ministack.core import lambda_runtime
from ministack.services import stepfunctions

from benchmarks.faults.cases import FOLDER, SECONDS_A_MINUTE
from local.emulator import bridges

_EXITED = {"errorType": "Runtime.ExitError", "errorMessage": "RequestId: Error: Runtime exited"}


@dataclass
class Armed:
    """A fault that the state in hand meets when it calls its function or child."""

    fault: str
    limit_seconds: float
    hit: Path
    met: bool = False

    def note(self) -> None:
        self.hit.write_text(str(time.time()))


_armed: ContextVar[Armed | None] = ContextVar("armed", default=None)
_killed: ContextVar[str | None] = ContextVar("killed", default=None)


def build() -> None:
    for kind in ("pass", "choice", "wait", "task", "parallel", "map"):
        name = f"_execute_{kind}"
        setattr(stepfunctions, name, _entered(getattr(stepfunctions, name)))
    stepfunctions._invoke_resource = _met(stepfunctions._invoke_resource)
    lambda_runtime.ProvidedWorker.invoke = _dying(lambda_runtime.ProvidedWorker.invoke)


def _entered(execute: Callable[..., Any]) -> Callable[..., Any]:
    def execute_state(state: Any, given: Any, *others: Any) -> Any:
        token = _armed.set(_fault_of(state, others[-1]))
        try:
            return execute(state, given, *others)
        finally:
            _armed.reset(token)

    return execute_state


def _fault_of(state: Any, context: Any) -> Armed | None:
    """Return what the state is to meet when it calls; stop the execution at once if that is its fault."""
    execution = context["Execution"]
    key = execution["Input"].get("job", {}).get("source", {}).get("key", "")
    folder, name = Path(os.environ[FOLDER]), key.rpartition("/")[2]
    file = folder / "armed" / name
    if not name or not file.exists():
        return None
    case = json.loads(file.read_text())
    here = (context["StateMachine"]["Name"].split("-", 2)[-1], context["State"]["Name"])
    if here != (case["machine"], case["state"]):
        return None
    file.unlink()
    armed = Armed(case["fault"], float(state.get("TimeoutSeconds") or 0), folder / "hit" / name)
    armed.note()
    if case["fault"] == "stop":
        stepfunctions._stop_execution({"executionArn": execution["Id"]})
    elif case["fault"] == "cancel":
        stepfunctions._stop_execution({"executionArn": _root(execution)})
    else:
        return armed
    return None


def _root(execution: Any) -> str:
    """The execution that all began with."""
    parent = execution["Input"].get("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID")
    if parent is None:
        return str(execution["Id"])
    return _root({"Id": parent, "Input": json.loads(stepfunctions._executions[parent]["input"])})


def _met(invoke: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def invoke_resource(resource: Any, given: Any) -> Any:
        armed = _armed.get()
        if armed is None or armed.met:
            return invoke(resource, given)
        armed.met = True
        if armed.fault.startswith("kill"):
            _killed.set(armed.fault)
        try:
            result = invoke(resource, given)
        finally:
            armed.note()
        if armed.fault == "drop":
            time.sleep(armed.limit_seconds / 60 * float(os.environ[SECONDS_A_MINUTE]))
            raise stepfunctions._ExecutionError("States.Timeout", "The state heard nothing in time.")
        return result

    return invoke_resource


def _dying(invoke: Callable[..., Any]) -> Callable[..., Any]:
    def invoke_worker(worker: Any, *arguments: Any, **named: Any) -> Any:
        when = _killed.get()
        if when is None:
            return invoke(worker, *arguments, **named)
        _killed.set(None)
        if when == "kill after":
            invoke(worker, *arguments, **named)
        if worker._proc is not None:
            worker._proc.kill()
            worker._proc.wait()
        return {"status": "error", "error": _EXITED["errorMessage"], "error_payload": _EXITED, "log": ""}

    return invoke_worker


if __name__ == "__main__":
    bridges.build()
    build()
    main()
