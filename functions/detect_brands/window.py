"""How many pictures are asked about at once: more until the service throttles, then half as many."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class AdaptiveWindow:
    """A limit to concurrent calls that adapts by additive increase and multiplicative decrease.

    Each call that is answered adds 1/size, so a whole round of calls adds one; a throttle halves the size,
    once for all the calls that were under way with it. Callers who share a service so come to equal shares
    of what it grants without knowing of each other (D. Chiu and R. Jain, "Analysis of the increase and
    decrease algorithms for congestion avoidance in computer networks", Computer Networks and ISDN Systems 17,
    1989).
    """

    def __init__(self, *, first: int, most: int) -> None:
        self._size = float(first)
        self._most = most
        self._under_way = 0
        self._decreases = 0
        self._changed = Condition()

    @property
    def size(self) -> float:
        """At least 1, at most `most`; as many calls as its whole part may be under way."""
        return self._size

    @contextmanager
    def slot(self) -> Iterator["Slot"]:
        """Wait until one more call may be under way; it keeps its place, while it pauses too, to its end."""
        with self._changed:
            self._changed.wait_for(lambda: self._under_way < int(self._size))
            self._under_way += 1
            slot = Slot(self, self._decreases)
        try:
            yield slot
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def increase(self) -> None:
        with self._changed:
            self._size = min(self._most, self._size + 1 / self._size)
            self._changed.notify_all()

    def decrease(self, seen: int) -> int:
        """Halve the size, unless it was decreased since `seen` decreases; return how many there were."""
        with self._changed:
            if self._decreases == seen:
                self._size = max(1.0, self._size / 2)
                self._decreases += 1
            return self._decreases


class Slot:
    """A caller's place in the window, which tells it how its calls ended."""

    def __init__(self, window: AdaptiveWindow, decreases: int) -> None:
        self._window, self._decreases = window, decreases

    def answered(self) -> None:
        self._window.increase()

    def throttled(self) -> None:
        self._decreases = self._window.decrease(self._decreases)
