"""How many inference units a model runs on."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.inference import MEASURED_FROM, Units, measured_speed, units_for

TARGET = timedelta(minutes=30)
SPEEDS = st.floats(0.05, 100)


@given(frames=st.integers(0, 10**6), speed=SPEEDS, limit=st.integers(1, 5))
def test_the_fewest_units_that_keep_to_the_target_are_chosen_within_the_limit(
    frames: int, speed: float, limit: int
) -> None:
    units = units_for(frames, frames_per_second=speed, target=TARGET, limit=limit)
    assert 1 <= units.least <= units.most == limit
    if units.least < limit:
        assert frames / (speed * units.least) <= TARGET.total_seconds() * (1 + 1e-9)
    if units.least > 1:
        assert frames / (speed * (units.least - 1)) > TARGET.total_seconds() * (1 - 1e-9)


def test_until_a_model_was_measured_a_speed_is_assumed() -> None:
    # Five frames a second for half an hour are 9,000.
    assert units_for(9_000, frames_per_second=None, target=TARGET, limit=5) == Units(least=1, most=5)
    assert units_for(9_001, frames_per_second=None, target=TARGET, limit=5) == Units(least=2, most=5)


def test_the_first_job_of_some_size_tells_the_speed_of_one_unit() -> None:
    assert measured_speed(None, frames=600, seconds=60, units=2) == 5


@pytest.mark.parametrize(("frames", "seconds"), [(MEASURED_FROM - 1, 10), (0, 0), (600, 0)])
def test_a_job_too_small_to_tell_changes_nothing(frames: int, seconds: float) -> None:
    assert measured_speed(None, frames=frames, seconds=seconds, units=1) is None
    assert measured_speed(4.5, frames=frames, seconds=seconds, units=1) == 4.5


@given(known=SPEEDS, seen=SPEEDS)
def test_a_faster_job_is_believed_and_a_slower_one_half(known: float, seen: float) -> None:
    speed = measured_speed(known, frames=1_000, seconds=1_000 / seen, units=1)
    assert speed == pytest.approx(seen if seen >= known else (known + seen) / 2)
