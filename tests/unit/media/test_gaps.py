from fractions import Fraction

from brandlens import results
from brandlens.media.gaps import gap_warnings, join_gaps
from brandlens.media.sampling import Grid, Segment

# Two slots a second, 100 ticks a second.
GRID = Grid(Fraction(2), Fraction(1, 100), 0)
WHOLE = Segment(number=0, first_slot=0)
MIDDLE = Segment(number=1, first_slot=20, end_slot=40)
DURATION = Fraction(30)


def spans(warnings: tuple[results.Warning, ...]) -> list[tuple[float | None, float | None]]:
    assert all(warning.code == "DecodeErrors" for warning in warnings)
    return [(warning.start_seconds, warning.end_seconds) for warning in warnings]


def test_a_healthy_segment_has_no_gap() -> None:
    assert gap_warnings([], [0, 50, 100], GRID, WHOLE, DURATION) == ()


def test_a_gap_reaches_from_the_frame_before_to_the_first_that_is_surely_past() -> None:
    frames = [0, 50, 100, 150, 400, 450, 500]
    assert spans(gap_warnings([2], frames, GRID, WHOLE, DURATION)) == [(0.5, 1.5)]
    assert spans(gap_warnings([4], frames, GRID, WHOLE, DURATION)) == [(1.5, 4.0)]


def test_a_gap_is_named_in_words() -> None:
    (warning,) = gap_warnings([4], [0, 50, 100, 150, 400], GRID, WHOLE, DURATION)
    assert "between 1.50 s and 4.00 s" in warning.message


def test_a_gap_without_a_frame_after_it_reaches_the_end() -> None:
    assert spans(gap_warnings([2], [0, 50], GRID, WHOLE, DURATION)) == [(0.5, 30.0)]
    assert spans(gap_warnings([2], [0, 50], GRID, WHOLE, None)) == [(0.5, None)]
    assert spans(gap_warnings([0], [], GRID, MIDDLE, DURATION)) == [(10.0, 20.0)]


def test_damage_before_a_segment_is_left_to_the_segment_before() -> None:
    witness = 900
    assert gap_warnings([0, 1], [witness, 1000, 1050], GRID, MIDDLE, DURATION) == ()
    assert spans(gap_warnings([1], [witness, 1300, 1350], GRID, MIDDLE, DURATION)) == [(10.0, 13.0)]


def test_overlapping_gaps_are_one_and_distant_ones_are_not() -> None:
    frames = list(range(0, 2000, 50))
    found = gap_warnings([4, 5, 6, 30], frames, GRID, WHOLE, DURATION)
    assert spans(found) == [(1.5, 3.5), (14.5, 15.5)]


def test_a_gap_across_segments_is_named_once() -> None:
    first = gap_warnings([2], [0, 50], GRID, Segment(number=0, first_slot=0, end_slot=20), DURATION)
    second = gap_warnings([0], [1300, 1350], GRID, MIDDLE, DURATION)
    note = results.Warning(code="AnimatedPicture", message="")
    assert spans(join_gaps([*second, note, *first])) == [(0.5, 13.0)]
