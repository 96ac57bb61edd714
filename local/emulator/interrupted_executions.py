"""Executions that ran when the emulator ended: MiniStack marks them FAILED, and no event tells anybody."""

import json
import os
from pathlib import Path
from typing import Any

from ministack.services import stepfunctions

from local.files import write_whole

FILE = "BRANDLENS_INTERRUPTED_FILE"


def build() -> None:
    """Leave them RUNNING and name them: `local.unfinished` stops them when what listens is there again."""
    load = stepfunctions.load_persisted_state

    def load_persisted_state(data: dict[str, Any]) -> None:
        executions = data["executions"].all_values()
        # Children of a Map Run are no executions that anybody can stop.
        running = [each for each in executions if each["status"] == "RUNNING" and "mapRunArn" not in each]
        load(data)
        for execution in running:
            execution.update(status="RUNNING", stopDate=None)
            del execution["error"], execution["cause"]
        # Parents come before the executions they wait for.
        running.sort(key=lambda execution: execution["startDate"])
        arns = [execution["executionArn"] for execution in running]
        write_whole(Path(os.environ[FILE]), json.dumps(arns))

    stepfunctions.load_persisted_state = load_persisted_state
