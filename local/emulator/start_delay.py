"""The pause of 0.15 s that MiniStack makes before each execution, nested ones too."""

import time
from typing import Any

from ministack.services import stepfunctions

PAUSE = 0.15


def build() -> None:
    """Leave the pause out: an analysis is three executions deep, and AWS has no such pause."""
    stepfunctions.time = _Clock()


class _Clock:
    """The module `time`, without that pause."""

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)

    def sleep(self, seconds: float) -> None:
        if seconds != PAUSE:
            time.sleep(seconds)
