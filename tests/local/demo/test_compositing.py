"""Boards in pictures, and the truth about them."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from local.demo.brands import BY_LABEL, LABELS, draw_board
from local.demo.compositing import PLAIN, Look, Picture, paint
from local.demo.geometry import quad

WIDTH, HEIGHT = 480, 270
NUDGE = st.floats(-14, 14)


def scene(label: str) -> Picture:
    """A picture wholly in the colour of the brand's plate, so that only ink can differ from it."""
    return np.full((HEIGHT, WIDTH, 3), BY_LABEL[label].plate[::-1], np.uint8)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(LABELS), st.lists(st.tuples(NUDGE, NUDGE), min_size=4, max_size=4), st.floats(-120, 420)
)
def test_the_truth_box_is_where_pixels_changed(
    label: str, nudges: list[tuple[float, float]], left: float
) -> None:
    before = scene(label)
    after = before.copy()
    corners = quad([(left, 80), (left + 200, 80), (left + 200, 160), (left, 160)]) + np.asarray(nudges)
    seen = paint(after, draw_board(label, 2.5), corners, PLAIN, np.random.default_rng(0))
    # ink counts from half opacity on, so changed pixels do from half of the ink's contrast to the plate on
    difference = np.abs(after.astype(int) - before).max(axis=2)
    changed = difference > 0.35 * _faintest_contrast(label)
    if seen is None:
        assert not changed[2:-2, 2:-2].any()
        return
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    box = seen.box
    found = [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]
    claimed = [
        box.left * WIDTH, box.top * HEIGHT, (box.left + box.width) * WIDTH, (box.top + box.height) * HEIGHT,
    ]  # fmt: skip
    np.testing.assert_allclose(claimed, found, atol=2.01)


def _faintest_contrast(label: str) -> float:
    brand = BY_LABEL[label]
    inks = (*brand.mark_colours, brand.word_colour)
    return min(max(abs(a - b) for a, b in zip(ink, brand.plate, strict=True)) for ink in inks)


def test_a_board_leaving_the_picture_is_visible_in_proportion() -> None:
    board = draw_board("Haldric", 2.5)
    inside = quad([(100, 80), (300, 80), (300, 160), (100, 160)])
    whole = paint(scene("Haldric"), board, inside, PLAIN, np.random.default_rng(0))
    half = paint(scene("Haldric"), board, inside - [200.0, 0.0], PLAIN, np.random.default_rng(0))
    assert whole is not None
    assert half is not None
    assert whole.fraction == 1
    assert 0.3 < half.fraction < 0.7
    assert half.box.left == 0


def test_what_stands_before_a_board_hides_it_and_shrinks_its_box() -> None:
    hidden = np.zeros((HEIGHT, WIDTH), np.float32)
    hidden[:, :200] = 1
    picture = scene("Kestrix")
    corners = quad([(100, 80), (300, 80), (300, 160), (100, 160)])
    seen = paint(picture, draw_board("Kestrix", 2.5), corners, PLAIN, np.random.default_rng(0), hidden)
    assert seen is not None
    assert seen.box.left * WIDTH >= 200
    assert seen.fraction < 0.8
    assert (picture[:, :199] == scene("Kestrix")[:, :199]).all()


def test_a_board_wholly_hidden_or_outside_is_not_seen() -> None:
    board, rng = draw_board("Orbeya"), np.random.default_rng(0)
    corners = quad([(100, 80), (300, 80), (300, 160), (100, 160)])
    assert paint(scene("Orbeya"), board, corners, PLAIN, rng, np.ones((HEIGHT, WIDTH), np.float32)) is None
    assert paint(scene("Orbeya"), board, corners + 1000, PLAIN, rng) is None


def test_painting_twice_from_one_seed_gives_the_same_pixels() -> None:
    corners = quad([(100, 80), (300, 90), (290, 160), (110, 150)])
    shaken = Look(motion=(5, 1), blur=1.1, grain=3)
    first, second, third = scene("Norvane"), scene("Norvane"), scene("Norvane")
    for picture, seed in ((first, 4), (second, 4), (third, 5)):
        paint(picture, draw_board("Norvane"), corners, shaken, np.random.default_rng(seed))
    assert (first == second).all()
    assert (first != third).any()


def test_a_board_in_the_dark_is_darker_than_one_in_the_light() -> None:
    corners = quad([(100, 80), (300, 80), (300, 160), (100, 160)])
    means = []
    for level in (20, 200):
        picture = np.full((HEIGHT, WIDTH, 3), level, np.uint8)
        paint(picture, draw_board("Norvane"), corners, replace(PLAIN, shading=0.8), np.random.default_rng(0))
        means.append(picture[90:150, 120:280].mean())
    assert means[0] < 0.8 * means[1]
