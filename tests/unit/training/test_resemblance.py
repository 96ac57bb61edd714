from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from brandlens.training.resemblance import ALIKE_BITS, Fingerprints, fingerprint, shows_nothing_new

BITS = st.integers(0, 2**128 - 1)
THRESHOLD = 6.0


def scene(seed: int) -> Image.Image:
    """Smooth shapes of random light, as a photograph has them."""
    light = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), np.uint8)
    return Image.fromarray(light).resize((640, 480), Image.Resampling.BICUBIC)


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def with_logo(image: Image.Image) -> Image.Image:
    changed = image.copy()
    ImageDraw.Draw(changed).rectangle((300, 200, 340, 220), fill="white", outline="black", width=4)
    return changed


def distance(one: Image.Image, other: Image.Image) -> int:
    return (fingerprint(jpeg(one)) ^ fingerprint(jpeg(other))).bit_count()


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.resize((320, 240)),
        lambda image: ImageEnhance.Brightness(image).enhance(0.7),
        with_logo,
    ],
    ids=["smaller", "darker", "with another logo"],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_scene_looks_alike(change: Callable[[Image.Image], Image.Image], seed: int) -> None:
    assert distance(scene(seed), change(scene(seed))) <= ALIKE_BITS


def test_other_scenes_do_not_look_alike() -> None:
    prints = [fingerprint(jpeg(scene(seed))) for seed in range(20)]
    nearest = min((a ^ b).bit_count() for place, a in enumerate(prints) for b in prints[:place])
    assert nearest > 2 * ALIKE_BITS


def test_only_a_picture_that_shows_nothing_new_is_a_repetition() -> None:
    picture = scene(1)
    assert shows_nothing_new(jpeg(picture), jpeg(picture, 60), THRESHOLD)
    assert shows_nothing_new(jpeg(picture), jpeg(picture.resize((320, 240))), THRESHOLD)
    assert not shows_nothing_new(jpeg(picture), jpeg(with_logo(picture)), THRESHOLD)
    assert not shows_nothing_new(jpeg(picture), jpeg(picture.crop((0, 0, 640, 360))), THRESHOLD)


@given(st.lists(BITS, max_size=12), BITS)
def test_those_alike_are_the_ones_within_the_distance(seen: list[int], wanted: int) -> None:
    prints = Fingerprints(len(seen))
    for bits in seen:
        prints.add(bits)
    near = [place for place, bits in enumerate(seen) if (bits ^ wanted).bit_count() <= ALIKE_BITS]
    assert prints.alike(wanted) == near


@given(BITS, st.sets(st.integers(0, 127), max_size=2 * ALIKE_BITS))
def test_a_few_bits_make_no_difference_and_many_do(bits: int, flipped: set[int]) -> None:
    prints = Fingerprints(1)
    prints.add(bits)
    changed = bits ^ sum(1 << place for place in flipped)
    assert prints.alike(changed) == ([0] if len(flipped) <= ALIKE_BITS else [])
