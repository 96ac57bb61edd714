"""How many calls a second a running model answers."""

import threading
from collections.abc import Callable


class Throttle:
    """One token bucket for each model: `rate` calls a second for each inference unit, one second of burst.

    `clock` gives monotonic seconds.
    """

    def __init__(self, rate: float, clock: Callable[[], float]) -> None:
        self._rate, self._clock = rate, clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def admits(self, model: str, units: int) -> bool:
        """Take one call's token; False when none is left."""
        limit = max(self._rate * units, 1.0)
        now = self._clock()
        with self._lock:
            tokens, filled_at = self._buckets.get(model, (limit, now))
            tokens = min(limit, tokens + (now - filled_at) * self._rate * units)
            admitted = tokens >= 1
            self._buckets[model] = (tokens - admitted, now)
        return admitted
