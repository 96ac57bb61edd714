"""The local cloud's emulator, with one addition: the test's director may refuse to have a child started.

Step Functions' own refusals (`ExecutionLimitExceededException`) cannot be brought about from outside.
"""

import json
from typing import Any

from ministack.app import main
from ministack.core.responses import error_response_json
from ministack.services import stepfunctions

from local.emulator import bridges
from tests.statemachines.stub import ask


def refuse_children() -> None:
    """Ask the director before each nested execution; an error of its choice takes the child's place."""
    start = stepfunctions._start_sync_execution

    def start_or_refuse(data: dict[str, Any]) -> Any:
        _project, _stack, machine = data["stateMachineArn"].rpartition(":")[2].split("-", 2)
        try:
            ask(machine, json.loads(data["input"]))
        except Exception as refusal:
            return error_response_json(type(refusal).__name__, str(refusal), 400)
        return start(data)

    stepfunctions._start_sync_execution = start_or_refuse


if __name__ == "__main__":
    bridges.build()
    refuse_children()
    main()
