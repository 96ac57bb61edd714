"""Trying again where a service asks for fewer calls, or is away for a moment."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from brandlens.errors import ServiceUnavailable, Throttled

T = TypeVar("T")

BASE_SECONDS = 0.2
CAP_SECONDS = 8.0
OUTAGES = 3
"""How often a call is repeated because the service was away: as often as the SDK does by itself."""


def patiently(
    call: Callable[[], T],
    *,
    seconds_left: Callable[[], float],
    throttled: Callable[[], None],
    sleep: Callable[[float], None] = time.sleep,
    uniform: Callable[[float, float], float] = random.uniform,
) -> T:
    """Call until the service takes the call, pausing between tries; its error when the time is up.

    `throttled` is told each time. Pauses are exponential with full jitter: uniform in
    [0, min(cap, base x 2^n)] seconds before try n + 1, which spreads callers best (M. Brooker, "Exponential
    Backoff And Jitter", AWS Architecture Blog, 2015). Raises `Throttled`, or `ServiceUnavailable` after
    `OUTAGES` tries more.
    """
    attempt = outages = 0
    while True:
        try:
            return call()
        except (Throttled, ServiceUnavailable) as error:
            if isinstance(error, Throttled):
                throttled()
            else:
                outages += 1
            pause = uniform(0, min(CAP_SECONDS, BASE_SECONDS * 2 ** min(attempt, 16)))
            if pause >= seconds_left() or outages > OUTAGES:
                raise
            sleep(pause)
            attempt += 1
