"""A state machine's own `TimeoutSeconds`, which MiniStack reads nowhere."""

import contextvars
import json
import threading

from ministack.services import stepfunctions


def build() -> None:
    run = stepfunctions._run_execution

    def run_execution(arn: str) -> None:
        timer = _timer(arn)
        if timer:
            timer.start()
        try:
            run(arn)
        finally:
            if timer:
                timer.cancel()

    stepfunctions._run_execution = run_execution


def _timer(arn: str) -> threading.Timer | None:
    execution = stepfunctions._executions.get(arn)
    machine = stepfunctions._state_machines.get(execution["stateMachineArn"]) if execution else None
    seconds = json.loads(machine["definition"]).get("TimeoutSeconds") if machine else None
    if seconds is None:
        return None
    context = contextvars.copy_context()
    timer = threading.Timer(seconds, lambda: context.run(_time_out, arn))
    timer.daemon = True
    return timer


def _time_out(arn: str) -> None:
    """End the execution TIMED_OUT; the state in hand ends unheard, and no other is entered."""
    execution = stepfunctions._executions.get(arn)
    if execution and execution["status"] == "RUNNING":
        execution["status"] = "TIMED_OUT"
        execution["stopDate"] = stepfunctions.now_iso()
        stepfunctions._add_event(execution, "ExecutionTimedOut", {"executionTimedOutEventDetails": {}})
        stepfunctions._emit_execution_status_event(execution)
