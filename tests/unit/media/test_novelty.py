"""Novelty on real JPEGs, so that noise is what a camera and an encoder make of it."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from brandlens.media.jpeg import GRAY_WIDTH, Gray, gray_thumbnail
from brandlens.media.novelty import DEFAULT_THRESHOLD, NoveltyGate, difference

SIZE = (1280, 720)


def stadium() -> Image.Image:
    """Soft shapes of many gray levels, with edges."""
    noise = np.random.default_rng(1).integers(0, 256, (18, 32, 3)).astype(np.uint8)
    picture = (
        Image.fromarray(noise).resize(SIZE, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3))
    )
    draw = ImageDraw.Draw(picture)
    for left in range(0, SIZE[0], 90):
        draw.rectangle((left, 500, left + 45, 560), fill=(left % 255, 90, 255 - left % 255))
    return picture


def with_board(text: str) -> Image.Image:
    """The same shot with a board of 64 x 22 pixels, 1/20 of the width."""
    picture = stadium()
    draw = ImageDraw.Draw(picture)
    draw.rectangle((700, 300, 763, 321), fill="black")
    draw.text((703, 303), text, fill="white", font_size=16)
    return picture


def seen(picture: Image.Image, *, sigma: float = 0, seed: int = 0, quality: int = 90) -> Gray:
    pixels: NDArray[np.float64] = np.asarray(picture).astype(np.float64)
    noisy = pixels + np.random.default_rng(seed).normal(0, sigma, pixels.shape) if sigma else pixels
    buffer = BytesIO()
    Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=quality)
    return gray_thumbnail(buffer.getvalue())


def test_a_still_shot_with_sensor_noise_shows_nothing_new() -> None:
    gate = NoveltyGate()
    shot = stadium()
    carried = [gate.carried_from(index, seen(shot, sigma=12, seed=index)) for index in range(6)]
    assert carried == [None, 0, 0, 0, 0, 0]


def test_stronger_compression_alone_shows_nothing_new() -> None:
    assert difference(seen(stadium(), quality=95), seen(stadium(), quality=40)) < DEFAULT_THRESHOLD


@pytest.mark.parametrize("sigma", [0, 12])
def test_a_small_board_that_changes_its_text_is_new(sigma: float) -> None:
    gate = NoveltyGate()
    assert gate.carried_from(0, seen(with_board("ACME"), sigma=sigma, seed=1)) is None
    assert gate.carried_from(1, seen(with_board("ACME"), sigma=sigma, seed=2)) == 0
    assert gate.carried_from(2, seen(with_board("GLOBEX"), sigma=sigma, seed=3)) is None
    assert gate.carried_from(3, seen(with_board("GLOBEX"), sigma=sigma, seed=4)) == 2


def test_slow_change_adds_up_against_the_last_kept_frame() -> None:
    gate = NoveltyGate(threshold=6)
    pictures = [np.full((90, 160), 100 + 2 * step, np.uint8) for step in range(8)]
    kept = [gate.carried_from(index, picture) for index, picture in enumerate(pictures)]
    assert kept == [None, 0, 0, 0, None, 4, 4, 4]


def test_one_block_is_enough_wherever_it_lies() -> None:
    plain = np.zeros((90, 160), np.uint8)
    for row, column in [(0, 0), (89, 159), (88, 3), (41, 77)]:
        other = plain.copy()
        other[row, column] = 255
        assert difference(plain, other) >= 255 / 16


def test_a_picture_of_another_size_is_new() -> None:
    gate = NoveltyGate()
    gate.carried_from(0, np.zeros((90, 160), np.uint8))
    assert gate.carried_from(1, np.zeros((160, 90), np.uint8)) is None


@given(st.integers(1, 100), st.integers(1, 100), st.integers(0, 255), st.integers(0, 255))
def test_even_pictures_differ_by_their_levels(height: int, width: int, one: int, other: int) -> None:
    pictures = [np.full((height, width), level, np.uint8) for level in (one, other)]
    assert difference(*pictures) == pytest.approx(abs(one - other))


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (1920, 1080), (64, 64), (161, 91), (4096, 64)])
def test_pictures_are_compared_in_small(size: tuple[int, int]) -> None:
    small = seen(Image.new("RGB", size, "gray"))
    assert small.shape[1] == min(GRAY_WIDTH, size[0])
    assert small.mean() == pytest.approx(128, abs=1)
