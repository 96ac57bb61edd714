import io

import pytest
from rich.console import Console

from brandlens.detect.command.progress import shown_progress


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def console(*, terminal):
    return Console(file=io.StringIO(), force_terminal=terminal, width=80)


def test_a_pipe_gets_a_line_at_once_and_then_every_ten_seconds(clock):
    pipe = console(terminal=False)
    with shown_progress(pipe, clock=clock) as progress:
        for step in range(1, 26):
            progress(step, 2 / step, 240.0 - clock.now)
            clock.now += 1
    assert pipe.file.getvalue().splitlines() == [
        "Step 1, loss 2.000, 4:00 left",
        "Step 11, loss 0.182, 3:50 left",
        "Step 21, loss 0.095, 3:40 left",
    ]


def test_a_terminal_keeps_one_line_and_takes_it_away_at_the_end(clock):
    terminal = console(terminal=True)
    with shown_progress(terminal, clock=clock) as progress:
        progress(1, 2.0, 61.4)
        progress(2, 1.0, 60.4)
    assert "Step 2, loss 1.000, 1:00 left" in terminal.file.getvalue()
    assert "\x1b[2K" in terminal.file.getvalue()
    assert terminal.file.getvalue().count("\n") <= 1
