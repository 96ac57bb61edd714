"""The clips' truth: spans of seconds, and boards that count only while wholly inside."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.detector.appearance import Appearance, appear
from benchmarks.detector.backgrounds import HEIGHT, WIDTH
from benchmarks.detector.clips import FRAME_RATE, spans
from benchmarks.detector.logos import Artwork


@given(st.sets(st.integers(0, 200)))
def test_spans_hold_the_frames_and_nothing_else(numbers: set[int]) -> None:
    found = spans(numbers)
    inside = {n for n in range(202) if any(start <= n / FRAME_RATE < end for start, end in found)}
    assert inside == numbers
    assert all(end < start for (_, end), (start, _) in pairwise(found))


def appearances(logos: dict[str, Artwork]) -> list[Appearance]:
    found = [appear(logos["red"], 100, [], np.random.default_rng(seed)) for seed in range(25)]
    return [one for one in found if one is not None]


def test_a_board_counts_while_settled_and_not_while_it_reaches_out(logos: dict[str, Artwork]) -> None:
    shown = appearances(logos)
    assert all(one.counts(number) for one in shown for number in one.settled)
    sliding = [one for one in shown if one.slides_in]
    assert sliding
    assert not any(one.counts(one.frames.start) for one in sliding)


def test_what_is_painted_is_where_the_truth_says(logos: dict[str, Artwork]) -> None:
    for one in appearances(logos)[:4]:
        number = one.settled[0]
        picture = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
        one.paint(picture, number)
        rows, columns = np.nonzero(np.abs(picture.astype(int) - 128).max(axis=2) > 3)
        left, top, right, bottom = one.box(number)
        assert columns.min() <= left + 1
        assert columns.max() >= right - 2
        assert rows.min() <= top + 1
        assert rows.max() >= bottom - 2
        before = picture.copy()
        one.paint(picture, one.frames.stop)
        assert (picture == before).all()


def test_boards_of_one_shot_never_touch_not_even_while_one_slides(logos: dict[str, Artwork]) -> None:
    pairs = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        first = appear(logos["red"], 100, [], rng)
        second = first and appear(logos["blue"], 100, [first], rng)
        if first is None or second is None:
            continue
        pairs += first.slides_in or second.slides_in
        for number in set(first.frames) & set(second.frames):
            one, other = (shown.box(number) for shown in (first, second))
            assert one[0] > other[2] or other[0] > one[2] or one[1] > other[3] or other[1] > one[3]
    assert pairs
