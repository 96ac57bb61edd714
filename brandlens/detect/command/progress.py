"""How far a training is, for whoever waits for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def shown_progress(
    console: Console, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, float, float], None]]:
    """Give a training's `progress` callback, which shows step, loss and time left.

    On a terminal one line is kept up to date, and gone at the end; elsewhere there is one line every ten
    seconds of `clock`.
    """
    if console.is_terminal:
        with console.status("Looking at the pictures") as status:
            yield lambda step, loss, left: status.update(_line(step, loss, left))
    else:
        yield _Lines(console, clock)


class _Lines:
    def __init__(self, console: Console, clock: Callable[[], float]) -> None:
        self._console, self._clock = console, clock
        self._due = clock()

    def __call__(self, step: int, loss: float, seconds_left: float) -> None:
        if self._clock() >= self._due:
            self._due = self._clock() + _SECONDS_BETWEEN_LINES
            self._console.print(_line(step, loss, seconds_left), soft_wrap=True)


def _line(step: int, loss: float, seconds_left: float) -> str:
    minutes, seconds = divmod(round(seconds_left), 60)
    return f"Step {step}, loss {loss:.3f}, {minutes}:{seconds:02} left"
