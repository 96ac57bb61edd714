import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from brandlens.detect.training import augment

sides = st.integers(6, 120)
seeds = st.integers(0, 10_000)
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def patch_with_a_logo(width, height):
    """Black with a white box in the middle third; returns it and the box."""
    box = np.asarray([width / 3, height / 3, 2 * width / 3, 2 * height / 3], np.float32)
    patch = Image.new("RGB", (width, height), BLACK)
    patch.paste(WHITE, tuple(int(side) for side in np.round(box)))
    return patch, box


@given(st.integers(30, 200), st.integers(30, 200), seeds)
def test_a_tilted_patchs_box_still_holds_its_logo(width, height, seed):
    tilted, _, (left, top, right, bottom) = augment.tilt(
        *patch_with_a_logo(width, height), np.random.default_rng(seed)
    )
    rows, columns = np.nonzero(np.asarray(tilted.convert("L")) > 128)
    assert left - 2 <= columns.min() <= left + 0.2 * width
    assert top - 2 <= rows.min() <= top + 0.2 * height
    assert right - 0.2 * width <= columns.max() <= right + 2
    assert bottom - 0.2 * height <= rows.max() <= bottom + 2


@given(seeds)
def test_a_tilted_patch_leaves_no_corners_in_the_picture(seed):
    patch = Image.new("RGB", (60, 40), WHITE)
    tilted, mask, _ = augment.tilt(patch, np.float32([0, 0, 60, 40]), np.random.default_rng(seed))
    picture = Image.new("RGB", (100, 100), WHITE)
    assert augment.paste(picture, tilted, mask, np.zeros((0, 4), np.float32), np.random.default_rng(seed))
    # The corners of what was turned are black, and would show; the edge itself is blended.
    assert np.asarray(picture).min() > 60


@given(st.lists(st.tuples(*[st.integers(0, 150)] * 2, sides, sides), max_size=4), sides, sides, seeds)
def test_nothing_is_pasted_on_a_labeled_box(boxes, width, height, seed):
    corners = np.asarray([(x, y, x + w, y + h) for x, y, w, h in boxes], np.float32).reshape(-1, 4)
    picture = Image.new("RGB", (200, 200), BLACK)
    patch = Image.new("RGB", (width, height), WHITE)
    mask = Image.new("L", patch.size, 255)
    placed = augment.paste(picture, patch, mask, corners, np.random.default_rng(seed))
    pasted = np.asarray(picture)[..., 0] > 0
    assert pasted.sum() == (0 if placed is None else width * height)
    for left, top, right, bottom in corners.astype(int):
        inside = pasted[top:bottom, left:right]
        area = min((right - left) * (bottom - top), width * height)
        assert inside.sum() <= augment.FREE_OVERLAP * area + 1


def test_a_patch_larger_than_the_picture_is_left_out():
    picture, patch = Image.new("RGB", (50, 50)), Image.new("RGB", (60, 10))
    mask = Image.new("L", patch.size, 255)
    assert augment.paste(picture, patch, mask, np.zeros((0, 4), np.float32), np.random.default_rng(1)) is None


@given(sides, sides, seeds)
def test_a_decoy_is_as_large_as_the_patch_it_stands_for(width, height, seed):
    patch, _ = patch_with_a_logo(width, height)
    assert augment.decoy(patch, np.random.default_rng(seed)).size == patch.size


def test_most_decoys_of_a_logo_show_its_colours_and_none_shows_it_whole():
    logo = Image.new("RGB", (120, 40), (200, 30, 30))
    logo.paste((250, 220, 0), (20, 10, 60, 30))
    logo.paste((250, 220, 0), (80, 5, 100, 35))
    decoys = [np.asarray(augment.decoy(logo, np.random.default_rng(seed))) for seed in range(200)]
    own = [np.mean(np.abs(decoy.astype(int) - (200, 30, 30)).sum(axis=2) < 30) > 0.1 for decoy in decoys]
    assert np.mean(own) > 0.6
    assert not any((decoy == np.asarray(logo)).all() for decoy in decoys)


@given(seeds)
def test_the_light_of_a_crop_changes_and_its_size_does_not(seed):
    picture = Image.new("RGB", (64, 48), (90, 120, 150))
    assert augment.degrade(picture, np.random.default_rng(seed)).size == (64, 48)


@pytest.mark.parametrize("seed", range(8))
def test_at_most_a_quarter_of_a_logo_is_covered(seed):
    picture = Image.new("RGB", (200, 100), (1, 2, 3))
    augment.occlude(picture, np.float32([40, 20, 140, 80]), np.random.default_rng(seed))
    covered = (np.asarray(picture) != (1, 2, 3)).any(axis=2)
    assert not covered[:20].any()
    assert 0 < covered[20:81, 40:141].mean() < 0.3


@given(st.integers(1, 3), st.integers(1, 3), seeds)
def test_pictures_of_a_few_pixels_are_degraded_too(width, height, seed):
    picture = Image.new("RGB", (width, height), BLACK)
    assert augment.degrade(picture, np.random.default_rng(seed)).size == (width, height)
