"""Logos in pictures: boxes tight around the ink, plain to see, hidden by no more than is said."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.detector.compose import compose, random_look
from benchmarks.detector.logos import Artwork
from benchmarks.detector.occlusion import MOST, occlude
from benchmarks.detector.placing import Placed, place
from benchmarks.detector.rendering import TAUGHT, TESTED, Rendering
from benchmarks.detector.sheets import Sheet, bounds, moved, random_turn, turned
from local.demo.compositing import Picture
from local.demo.geometry import project


def grey() -> Picture:
    return np.full((720, 1280, 3), 128, np.uint8)


@pytest.mark.parametrize("rendering", [TAUGHT, TESTED])
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(0.1, 1.0))
def test_the_outline_s_box_is_that_of_the_ink(
    rendering: Rendering, seed: int, scale: float, logos: dict[str, Artwork]
) -> None:
    rng = np.random.default_rng(seed)
    plane = moved(turned(logos["red"], random_turn(rng)), scale, (640, 360))
    left, top, right, bottom = bounds(project(plane, logos["red"].outline))
    sheet = Sheet(logos["red"], None, (0.0, 0.0))
    composed = compose(grey(), sheet, plane, right - left, random_look(right - left, rng), rendering)
    rows, columns = np.nonzero(composed.ink >= 100)
    first = composed.window[1].start, composed.window[0].start
    found = (*np.add(first, (columns.min(), rows.min())), *np.add(first, (columns.max() + 1, rows.max() + 1)))
    np.testing.assert_allclose(found, (left, top, right, bottom), atol=1.6)


def test_a_logo_in_the_colour_of_the_scene_is_not_placed(logos: dict[str, Artwork]) -> None:
    picture = grey()
    colour = tuple(int(value) for value in logos["red"].colour[logos["red"].opacity == 255][0])
    picture[:] = colour
    plane = moved(turned(logos["red"], np.zeros(3)), 0.5, (640, 360))
    look = random_look(200, np.random.default_rng(1))
    unseen = compose(picture, Sheet(logos["red"], None, (0.0, 0.0)), plane, 200, look, TAUGHT)
    seen = compose(
        picture, Sheet(logos["red"], (250.0, 250.0, 250.0), (20.0, 20.0)), plane, 200, look, TAUGHT
    )
    assert not unseen.stands_out()
    assert seen.stands_out()


def test_a_logo_with_one_part_in_the_colour_of_its_board_does_not_stand_out(
    logos: dict[str, Artwork],
) -> None:
    plane = moved(turned(logos["red"], np.zeros(3)), 0.5, (640, 360))
    look = random_look(200, np.random.default_rng(1))
    picture = grey()
    red = tuple(int(value) for value in logos["red"].colour[logos["red"].opacity == 255][0])
    cv2.rectangle(picture, (640, 0), (1279, 719), red, -1)  # behind the bar alone
    assert not compose(picture, Sheet(logos["red"], None, (0.0, 0.0)), plane, 200, look, TAUGHT).stands_out()


def test_two_logos_keep_clear_of_each_other(logos: dict[str, Artwork]) -> None:
    for seed in range(6):
        picture, rng = grey(), np.random.default_rng(seed)
        placed: list[Placed] = []
        for name in ("red", "blue", "red"):
            one = place(picture, logos[name], [other.reach for other in placed], TESTED, rng)
            assert one is not None
            placed.append(one)
        for number, one in enumerate(placed):
            for other in placed[:number]:
                apart = (
                    one.reach[0] > other.reach[2], other.reach[0] > one.reach[2],
                    one.reach[1] > other.reach[3], other.reach[1] > one.reach[3],
                )  # fmt: skip
                assert any(apart)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(10, 400), st.integers(10, 300))
def test_an_obstacle_hides_no_more_than_its_share_and_nothing_outside_the_box(
    seed: int, width: int, height: int
) -> None:
    picture, scene = np.zeros((720, 1280, 3), np.uint8), np.full((720, 1280, 3), 255, np.uint8)
    occlude(picture, scene, (100.4, 200.6, 100.4 + width, 200.6 + height), np.random.default_rng(seed))
    hidden = picture[..., 0] / 255
    # the matter itself is darkened to 0.85 at most; a rim of half a pixel is drawn around it
    rim = (width + 2 * height) / (width * height)
    assert (hidden > 0.2).sum() / (width * height) <= MOST + rim
    hidden[200 : 201 + height, 100 : 101 + width] = 0
    assert not hidden.any()
