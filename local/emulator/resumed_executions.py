"""Executions outlive the emulator: MiniStack marks those that it was stopped with FAILED, and tells nobody.

What they are, without their histories, is in the journal; `resume`, called when all that they need is there
again, has them go on. What they themselves had begun and waited for (`.sync`, children of a Map Run) is
begun anew by the state that waited.
"""

import contextvars
import threading
from typing import Any

from ministack import app
from ministack.core import responses
from ministack.services import stepfunctions

from local.emulator import journal, walking

KIND = "execution"

_waiting: list[str] = []
"""ARNs of the executions that ran when the earlier emulator ended."""


def build() -> None:
    load, tell, load_all = (
        stepfunctions.load_persisted_state,
        stepfunctions._emit_execution_status_event,
        app._load_persisted_state,
    )

    def load_persisted_state(data: dict[str, Any]) -> None:
        running = [each for each in data["executions"].all_values() if _goes_on(each)]
        load(data)
        for execution in running:
            execution.update(status="RUNNING", stopDate=None)
            del execution["error"], execution["cause"]

    def emit_execution_status_event(execution: dict[str, Any]) -> None:
        tell(execution)
        if execution.get("sync"):
            return
        if execution["status"] != "RUNNING":
            execution.pop("place", None)
        # Only now: of an execution whose end is kept nobody would be told again.
        journal.write(KIND, {name: value for name, value in execution.items() if name != "events"})

    def load_everything() -> None:
        load_all()
        journal.replay()
        running = [each for each in stepfunctions._executions.all_values() if _goes_on(each)]
        _waiting.extend(each["executionArn"] for each in sorted(running, key=lambda each: each["startDate"]))

    stepfunctions.load_persisted_state = load_persisted_state
    stepfunctions._emit_execution_status_event = emit_execution_status_event
    app._load_persisted_state = load_everything
    journal.replay_with(KIND, _replay_execution)
    journal.replay_with(walking.KIND, _replay_place)


def resume() -> int:
    """Have the executions go on that ran when the earlier emulator ended; return how many these are."""
    arns = _waiting[:]
    _waiting.clear()
    for arn in arns:
        threading.Thread(target=contextvars.Context().run, args=(_run, arn), daemon=True).start()
    return len(arns)


def _run(arn: str) -> None:
    region, account = _scope(arn)
    responses.set_request_region(region)
    responses.set_request_account_id(account)
    stepfunctions._run_execution(arn)


def _goes_on(execution: dict[str, Any]) -> bool:
    return execution["status"] == "RUNNING" and not execution.get("sync") and "mapRunArn" not in execution


def _replay_execution(kept: dict[str, Any]) -> None:
    arn = kept["executionArn"]
    region, account = _scope(arn)
    known = stepfunctions._executions.get_scoped(account, region, arn)
    started = {"type": "ExecutionStarted", "timestamp": kept["startDate"], "id": 1}
    started["executionStartedEventDetails"] = {"input": kept["input"]}
    events = known["events"] if known else [started]
    stepfunctions._executions.set_scoped(account, region, arn, {**kept, "events": events})


def _replay_place(change: Any) -> None:
    arn, place = change
    region, account = _scope(arn)
    execution = stepfunctions._executions.get_scoped(account, region, arn)
    if execution and execution["status"] == "RUNNING":
        execution["place"] = place


def _scope(arn: str) -> tuple[str, str]:
    """Return region and account of an ARN."""
    _, _, _, region, account, *_ = arn.split(":")
    return region, account
