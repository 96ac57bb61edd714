"""Following surfaces, and seeing what passes before them."""

import numpy as np

from local.demo import foreground
from local.demo.geometry import project, rectangle
from local.demo.tracking import grey, track
from tests.local.demo.clips import WIDTH, pan


def test_a_surface_is_followed_both_ways_from_its_anchor() -> None:
    shot = [grey(picture, WIDTH) for picture in pan(1, 20, step=(4, 2))]
    surface = rectangle(200, 100, 420, 260)
    found = track(shot, 8, surface)
    for index, motion in enumerate(found):
        expected = surface - np.array([4, 2]) * (index - 8)
        np.testing.assert_allclose(project(motion, surface), expected, atol=1.0)


def test_a_surface_without_corners_moves_with_the_picture() -> None:
    pictures = pan(2, 12, step=(5, 0))
    for k, picture in enumerate(pictures):
        picture[120:200, 300 - 5 * k : 400 - 5 * k] = 128
    surface = rectangle(310, 130, 390, 190)
    found = track([grey(picture, WIDTH) for picture in pictures], 0, surface)
    np.testing.assert_allclose(project(found[-1], surface), surface - [55, 0], atol=1.5)


def test_what_drives_over_a_street_is_told_from_the_street() -> None:
    pictures = pan(3, 24, step=(2, 0))
    for k, picture in enumerate(pictures):
        picture[150:180, 20 + 22 * k : 70 + 22 * k] = 255
    shot = [grey(picture, WIDTH) for picture in pictures]
    motion = track(shot, 0, rectangle(150, 60, 560, 330))
    empty = foreground.empty_street(shot, motion)
    mask = foreground.traffic(shot[12], empty, motion[12])
    assert mask[155:175, 290:328].mean() > 0.9
    assert mask[230:330, 100:560].mean() < 0.05


def test_red_steel_is_told_from_sea_and_sky() -> None:
    picture = np.zeros((60, 120, 3), np.uint8)
    picture[:, :40] = (70, 55, 35)
    picture[:, 40:80] = (30, 60, 170)
    picture[:, 80:] = (210, 180, 180)
    mask = foreground.steel(picture)
    assert mask[:, 45:75].min() > 0.95
    assert mask[:, :35].max() < 0.05
    assert mask[:, 85:].max() < 0.05
