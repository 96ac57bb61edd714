import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import NoFrames
from brandlens.media.sampling import Grid, plan_segments, require_frames, spread_rate

RATES = st.fractions(min_value=Fraction(1, 10), max_value=60, max_denominator=1001)
TIME_BASES = st.sampled_from([Fraction(1, base) for base in (600, 1000, 12800, 15360, 30000, 90000, 1000000)])


@given(
    duration=st.fractions(min_value=0, max_value=7200, max_denominator=90000),
    rate=RATES,
    length=st.fractions(min_value=Fraction(1, 10), max_value=900, max_denominator=1000),
)
def test_segments_cover_every_slot_once(duration: Fraction, rate: Fraction, length: Fraction) -> None:
    segments = plan_segments(duration, rate, max(length, duration / 500))
    assert [segment.number for segment in segments] == list(range(len(segments)))
    assert segments[0].first_slot == 0
    assert segments[-1].end_slot is None
    assert [segment.end_slot for segment in segments[:-1]] == [segment.first_slot for segment in segments[1:]]
    assert len(segments) == 1 or segments[-1].first_slot < math.ceil(duration * rate)


def test_a_segment_is_as_long_as_asked_in_whole_slots() -> None:
    segments = plan_segments(Fraction(10), Fraction(2), Fraction(4))
    assert [(segment.first_slot, segment.end_slot) for segment in segments] == [(0, 8), (8, 16), (16, None)]


def test_a_video_of_unknown_length_is_one_segment() -> None:
    (segment,) = plan_segments(None, Fraction(2), Fraction(60))
    assert segment.is_whole_file


@given(rate=RATES, time_base=TIME_BASES, start=st.integers(-(10**6), 10**9), slot=st.integers(0, 10**6))
def test_a_slot_begins_at_its_first_timestamp(
    rate: Fraction, time_base: Fraction, start: int, slot: int
) -> None:
    grid = Grid(rate, time_base, start)
    first = grid.first_pts(slot)
    assert grid.slot(first) >= slot
    assert grid.slot(first - 1) < slot


def test_the_first_timestamp_is_second_zero() -> None:
    grid = Grid(Fraction(2), Fraction(1, 90000), 180_000)
    assert grid.seconds(180_000) == 0
    assert grid.seconds(180_001) == Fraction(1, 90000)
    assert (grid.slot(180_000), grid.slot(224_999), grid.slot(225_000)) == (0, 0, 1)


def test_a_video_that_gave_no_frame_at_all_is_refused() -> None:
    require_frames(1)
    with pytest.raises(NoFrames, match="not one picture"):
        require_frames(0)


@given(
    duration=st.fractions(Fraction(1, 100), 50_000, max_denominator=90_000),
    rate=st.fractions(Fraction(1, 10), 60, max_denominator=1_000),
    most=st.integers(1, 5_000),
)
def test_a_spread_rate_gives_no_more_frames_than_the_most_and_reaches_the_end(
    duration: Fraction, rate: Fraction, most: int
) -> None:
    spread = spread_rate(rate, duration, most)
    slots = -(-duration * spread // 1)
    assert spread <= rate
    assert slots <= most
    if spread < rate:
        assert slots >= most * duration / (duration + Fraction(most, 1000))


def test_a_rate_is_not_spread_where_it_gives_few_enough_or_the_length_is_unknown() -> None:
    assert spread_rate(Fraction(1), Fraction(1200), 1200) == 1
    assert spread_rate(Fraction(1), Fraction(2400), 1200) == Fraction(1, 2)
    assert spread_rate(Fraction(1), None, 1200) == 1
