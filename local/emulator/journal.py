"""What changed since the state was last saved, a line each, so that a kill at any moment loses none of it.

A line holds what a change left behind, and is in the file before the request that made it is answered. To
read it twice, or after what it says was saved, does no harm.
"""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

FOLDER = "BRANDLENS_JOURNAL_FOLDER"

Replay = Callable[[Any], None]

lock = threading.RLock()
"""Held while a request that changes several things does so."""

_replays: dict[str, Replay] = {}
_open: list[BinaryIO] = []
"""The file that is written to; none while the changes of an earlier emulator are being made again."""


def replay_with(kind: str, replay: Replay) -> None:
    """Have `replay` make the changes of that kind again."""
    _replays[kind] = replay


def write(kind: str, change: Any) -> None:
    """Keep a change that has been made; `change` is JSON."""
    line = json.dumps([kind, change]).encode() + b"\n"
    with lock:
        for file in _open:
            file.write(line)


def replay() -> None:
    """Make every change again that an earlier emulator kept, then keep those to come."""
    for file in _files():
        for line in file.read_bytes().splitlines(keepends=True):
            if line.endswith(b"\n"):  # else nobody was told that it was done
                kind, change = json.loads(line)
                _replays[kind](change)
    turn()


def turn() -> list[Path]:
    """Begin a new file; return the others, of no use once what is in the memory now is saved."""
    with lock:
        before = _files()
        number = int(before[-1].stem) + 1 if before else 1
        file = Path(os.environ[FOLDER]) / f"{number:09}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        begun = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        while _open:
            _open.pop().close()
        _open.append(os.fdopen(begun, "ab", buffering=0))
        return before


def _files() -> list[Path]:
    return sorted(Path(os.environ[FOLDER]).glob("*.jsonl"))
