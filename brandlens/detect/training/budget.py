"""The time that a training is given."""

import time
from collections.abc import Callable

from brandlens.errors import InvalidSettings

SLOWEST_STEP = 0.5
"""What a step costs of the budget at most, in seconds; on two idle cores it takes a third of that."""


class PatientClock:
    """Tells seconds, of which no more than `SLOWEST_STEP` pass between two readings.

    A machine that is busy with other work then takes longer over a training, rather than to end it on time
    with a model that learned nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._told = clock, 0.0
        self._read = clock()

    def __call__(self) -> float:
        now = self._clock()
        self._told += min(now - self._read, SLOWEST_STEP)
        self._read = now
        return self._told


def require_time(budget_seconds: float) -> None:
    """Raise `InvalidSettings` where there is none."""
    if budget_seconds <= 0:
        raise InvalidSettings(
            "Nothing can be trained",
            f"a budget of {budget_seconds} seconds is no time",
            "Give it 60 seconds or more",
        )
