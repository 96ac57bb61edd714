"""The walk through a state machine: MiniStack's begins with the first state only, after a pause of 0.15 s.

This one notes each state that it comes to, and what it takes there, as the execution's `place`. An execution
that has one goes on there, as on AWS, where no execution hears of the machine beneath it.
"""

import json
import logging
from typing import Any

from ministack.services import stepfunctions

from local.emulator import journal

KIND = "place"

LOG = logging.getLogger("states")


def build() -> None:
    stepfunctions._run_execution = run_execution


def run_execution(arn: str) -> None:
    """Walk until the execution ends or is ended."""
    execution = stepfunctions._executions.get(arn)
    if execution is None:
        return
    try:
        output = json.dumps(_walk(execution))
    except stepfunctions._ExecutionError as error:
        _fail(execution, error.error, error.cause)
    except Exception as error:
        LOG.exception("%s broke down", arn)
        _fail(execution, "States.Runtime", str(error))
    else:
        _succeed(execution, output)


def _walk(execution: dict[str, Any]) -> Any:
    machine = stepfunctions._state_machines.get(execution["stateMachineArn"])
    if machine is None:
        raise stepfunctions._ExecutionError("StateMachineDeleted", "The state machine is there no longer.")
    definition = json.loads(machine["definition"])
    given = json.loads(execution["input"])
    place = execution.get("place")
    # The definition may have been deployed anew meanwhile.
    if place is None or place["state"] not in definition["States"]:
        place = {"state": definition["StartAt"], "input": given, "variables": {}}
    context: dict[str, Any] = {
        "QueryLanguage": definition.get("QueryLanguage", "JSONPath"),
        "Execution": {
            "Id": execution["executionArn"],
            "Input": given,
            "Name": execution["name"],
            "StartTime": execution["startDate"],
        },
        "StateMachine": {"Id": execution["stateMachineArn"], "Name": machine["name"]},
        "variables": place["variables"],
    }
    name, value = place["state"], place["input"]
    while name and execution["status"] == "RUNNING":
        _come_to(execution, name, value, context["variables"])
        context["State"] = {"Name": name, "EnteredTime": stepfunctions.now_iso(), "RetryCount": 0}
        state = definition["States"][name]
        kind, at = state["Type"], name
        _tell(execution, f"{kind}StateEntered", "stateEntered", name=at, input=json.dumps(value))
        value, name = _through(state, value, execution, context)
        _tell(execution, f"{kind}StateExited", "stateExited", name=at, output=json.dumps(value))
    return value


def _through(state: Any, value: Any, execution: Any, context: Any) -> tuple[Any, str | None]:
    """Return what comes out of a state, and the name of the next one."""
    kind = state["Type"]
    if kind == "Fail":
        raise stepfunctions._ExecutionError(*stepfunctions._fail_state_error(state, value, context))
    if kind == "Succeed":
        value = stepfunctions._apply_input_path(state, value, context)
        return stepfunctions._apply_output_path(state, value, context), None
    execute = getattr(stepfunctions, f"_execute_{kind.lower()}")
    surroundings = (execution, context) if kind in ("Task", "Parallel", "Map") else (context,)
    through: tuple[Any, str | None] = execute(state, value, *surroundings)
    return through


def _come_to(execution: dict[str, Any], name: str, value: Any, variables: dict[str, Any]) -> None:
    if execution.get("sync"):
        return  # Whoever waits for it begins it anew.
    execution["place"] = {"state": name, "input": value, "variables": dict(variables)}
    journal.write(KIND, [execution["executionArn"], execution["place"]])


def _succeed(execution: dict[str, Any], output: str) -> None:
    if execution["status"] != "RUNNING":
        return
    execution.update(status="SUCCEEDED", output=output, stopDate=stepfunctions.now_iso())
    _tell(execution, "ExecutionSucceeded", "executionSucceeded", output=output)
    stepfunctions._emit_execution_status_event(execution)


def _fail(execution: dict[str, Any], error: str, cause: str) -> None:
    if execution["status"] == "RUNNING":
        stepfunctions._fail_execution(execution, error, cause)


def _tell(execution: dict[str, Any], event: str, about: str, **details: Any) -> None:
    stepfunctions._add_event(execution, event, {f"{about}EventDetails": details})
