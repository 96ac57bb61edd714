"""Trying again where a service asks for fewer calls."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from brandlens.errors import Throttled

T = TypeVar("T")

BASE_SECONDS = 0.2
CAP_SECONDS = 8.0


def patiently(
    call: Callable[[], T],
    *,
    seconds_left: Callable[[], float],
    sleep: Callable[[float], None] = time.sleep,
    uniform: Callable[[float, float], float] = random.uniform,
) -> T:
    """Call until the service takes the call, pausing between tries; `Throttled` when the time is up.

    Pauses are exponential with full jitter: uniform in [0, min(cap, base x 2^n)] seconds before try n + 1,
    which spreads callers best (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
    """
    attempt = 0
    while True:
        try:
            return call()
        except Throttled:
            pause = uniform(0, min(CAP_SECONDS, BASE_SECONDS * 2 ** min(attempt, 16)))
            if pause >= seconds_left():
                raise
            sleep(pause)
            attempt += 1
