"""The time that a training is given, on an idle machine and on a busy one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.training.budget import SLOWEST_STEP, PatientClock


def test_on_an_idle_machine_the_clock_goes_as_every_clock() -> None:
    readings = iter([10.0, 10.2, 10.5, 10.5])
    clock = PatientClock(lambda: next(readings))
    assert [clock() for _ in range(3)] == pytest.approx([0.2, 0.5, 0.5])


@given(st.lists(st.floats(0.0, 1e6), max_size=50))
def test_no_step_costs_more_than_the_slowest_and_time_never_runs_back(steps: list[float]) -> None:
    now = 0.0
    clock = PatientClock(lambda: now)
    told = 0.0
    for step in steps:
        now += step
        before, told = told, clock()
        assert before <= told <= before + SLOWEST_STEP + 1e-9
        assert told <= now + 1e-6
