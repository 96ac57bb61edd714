"""What roles did and which statement of their policies let them, a line each: $BRANDLENS_TRAIL is the file.

CloudTrail's part, as far as it tells which rights are used. A line is written the first time that a role does
something by the same statements; more than one means that it would be allowed without any one of them.
"""

import json
import os
import threading
from pathlib import Path
from typing import Any

from ministack.core import iam_evaluator

FILE = "BRANDLENS_TRAIL"


def build() -> None:
    if file := os.environ.get(FILE):
        iam_evaluator.evaluate = Trail(Path(file), iam_evaluator.evaluate)


class Trail:
    """Evaluates as `evaluate` does, and writes what roles are allowed to `file`."""

    def __init__(self, file: Path, evaluate: Any) -> None:
        self._file, self._evaluate = file, evaluate
        self._written: set[str] = set()
        self._lock = threading.Lock()

    def __call__(self, context: Any, policies: Any, *limits: Any) -> Any:
        result = self._evaluate(context, policies, *limits)
        if context.principal_type == "AssumedRole" and result.decision == "Allow":
            allowing = [
                statement
                for policy in policies
                for statement in policy
                if iam_evaluator._first_match(context, [statement], "Allow")
            ]
            self._write(context, allowing)
        return result

    def _write(self, context: Any, allowing: list[Any]) -> None:
        line = {
            "role": context.principal_arn.split("/")[1],
            "action": context.action,
            "allowed_by": [
                {"Action": each.actions, "Resource": each.resources, "Condition": each.conditions}
                for each in allowing
            ],
        }
        text = json.dumps(line, sort_keys=True)
        with self._lock:
            if text not in self._written:
                self._written.add(text)
                with self._file.open("a", encoding="utf-8") as file:
                    file.write(text + "\n")
