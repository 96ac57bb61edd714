"""Work that is not done when the local cloud goes down, or went down: executions and accepted events.

Whatever was accepted has to end, and to be announced, although no execution outlives the emulator. So
executions are stopped, as a user would stop them, and the functions that hear of it record it; events that
no function has dealt with are delivered again.
"""

import json
import time
from collections.abc import Callable, Sized
from pathlib import Path
from typing import Any

from local import processes
from local.aws import Aws
from local.children import EMULATOR
from local.files import PARTIAL
from local.home import Home
from local.resources.kinds import unless

PATIENCE_SECONDS = 5.0
POLL_SECONDS = 0.05

Tell = Callable[[str], None]


def stop(aws: Aws, home: Home, tell: Tell) -> None:
    """Stop what runs and wait until the functions have dealt with that.

    Bounded by `PATIENCE_SECONDS`; what is left then is for the next start.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        running = _running(aws)
        _stop(aws, running, tell)
        if not running and not any(home.pending.glob("*.json")):
            return
        time.sleep(POLL_SECONDS)


def resume(aws: Aws, home: Home, tell: Tell) -> None:
    """End the executions, and deliver the events, that an earlier emulator left."""
    if home.interrupted.exists():
        _stop(aws, json.loads(home.interrupted.read_text("utf-8")), tell)
        home.interrupted.unlink()
    left = _left_events(home) if home.pending.exists() else []
    if left:
        tell(f"Delivering {_count(left, 'event')} again")
    for file in left:
        pending = json.loads(file.read_text("utf-8"))
        with unless("ResourceNotFoundException"):  # The program has no such function any more.
            aws.client("lambda").invoke(
                FunctionName=pending["function"],
                InvocationType="Event",
                Payload=json.dumps(pending["event"]),
            )
        file.unlink()


def _left_events(home: Home) -> list[Path]:
    """List the events that the emulator of now has not accepted itself, the oldest first."""
    emulator = processes.find(home, EMULATOR)
    assert emulator is not None, "it has just answered"
    own = f"{emulator.pid}-"
    # A file half written is of an event that was never accepted.
    whole = (file for file in home.pending.iterdir() if file.suffix != PARTIAL)
    left = [file for file in whole if not file.name.startswith(own)]
    return sorted(left, key=lambda file: file.stat().st_mtime)


def _running(aws: Aws) -> list[str]:
    """List the ARNs of what runs, parents before the executions they wait for."""
    client = aws.client("stepfunctions")
    running: list[dict[str, Any]] = []
    for machines in client.get_paginator("list_state_machines").paginate():
        for machine in machines["stateMachines"]:
            pages = client.get_paginator("list_executions").paginate(
                stateMachineArn=machine["stateMachineArn"], statusFilter="RUNNING"
            )
            running += [each for page in pages for each in page["executions"]]
    return [each["executionArn"] for each in sorted(running, key=lambda each: each["startDate"])]


def _stop(aws: Aws, running: list[str], tell: Tell) -> None:
    if running:
        tell(f"Stopping {_count(running, 'running execution')}")
    for arn in running:
        with unless("ValidationException", "ExecutionDoesNotExist"):  # It has just ended.
            aws.client("stepfunctions").stop_execution(executionArn=arn)


def _count(things: Sized, word: str) -> str:
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"
