"""Work that was not done when the local cloud went down, by itself or not: executions and accepted events.

Whatever was accepted has to end, and to be announced. On AWS nothing goes down; here executions go on in the
state that they were in, and events that no function has dealt with are delivered again.
"""

import json
from collections.abc import Callable
from pathlib import Path

from local import processes
from local.aws import Aws
from local.children import EMULATOR
from local.files import PARTIAL
from local.home import Home
from local.orders import RESUME, give
from local.resources.kinds import unless

Tell = Callable[[str], None]


def resume(aws: Aws, home: Home, tell: Tell) -> None:
    """Have the executions go on, and deliver the events, that an earlier emulator left."""
    running = give(aws.endpoint, RESUME)
    if running:
        tell(f"Going on with {_count(running, 'execution')}")
    left = _left_events(home) if home.pending.exists() else []
    if left:
        tell(f"Delivering {_count(len(left), 'event')} again")
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


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
