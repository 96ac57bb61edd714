import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from brandlens.detect.training.reground import reground

BOX = np.asarray([10, 8, 70, 32], np.float32)
INK, GROUND = (200, 30, 60), (240, 240, 235)


def board(ground=GROUND, ink=INK, size=(80, 40)):
    """A patch: a bar of ink on a ground, which is all that surrounds the box."""
    patch = Image.new("RGB", size, ground)
    ImageDraw.Draw(patch).rectangle((12, 14, 66, 26), fill=ink)
    return patch


def test_a_plain_ground_is_another_and_the_ink_stays() -> None:
    changed = reground(board(), BOX, np.random.default_rng(1))
    assert changed.size == (80, 40)
    assert changed.getpixel((40, 20)) == INK
    assert changed.getpixel((2, 2)) != GROUND
    assert changed.getpixel((2, 2)) == changed.getpixel((77, 37))


def test_a_soft_edge_becomes_a_mix_of_the_ink_and_the_new_ground() -> None:
    patch = board()
    patch.putpixel((5, 20), tuple((a + b) // 2 for a, b in zip(INK, GROUND, strict=True)))
    changed = reground(patch, BOX, np.random.default_rng(1))
    new, mixed = np.asarray(changed.getpixel((2, 2))), np.asarray(changed.getpixel((5, 20)))
    low, high = np.minimum(new, INK), np.maximum(new, INK)
    assert ((mixed >= low - 40) & (mixed <= high + 40)).all()
    assert tuple(mixed) != patch.getpixel((5, 20))


def test_a_logo_before_a_scene_stays_as_it_is() -> None:
    scene = Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 80, 3), dtype=np.uint8))
    assert reground(scene, BOX, np.random.default_rng(1)) is scene


@pytest.mark.parametrize("box", [(0, 0, 80, 40), (5, 5, 5, 30), (-9, -9, 99, 99)])
def test_a_patch_with_nothing_around_or_in_its_box_stays_as_it_is(box) -> None:
    patch = board()
    assert reground(patch, np.asarray(box, np.float32), np.random.default_rng(1)) is patch


def test_a_logo_that_is_hardly_there_stays_as_it_is() -> None:
    patch = board(ink=(236, 238, 235))
    assert reground(patch, BOX, np.random.default_rng(1)) is patch


def test_some_grounds_are_near_the_ink() -> None:
    chance = np.random.default_rng(2)
    grounds = [np.asarray(reground(board(), BOX, chance).getpixel((2, 2))) for _ in range(60)]
    apart = np.asarray([np.linalg.norm(ground - np.asarray(INK)) for ground in grounds])
    assert 10 < (apart < 80).sum() < 50


@given(
    st.integers(0, 2**32 - 1), st.tuples(*[st.integers(0, 255)] * 3), st.tuples(*[st.integers(0, 255)] * 3)
)
def test_any_colours_give_a_patch_of_the_same_size_and_the_same_seed_the_same(seed, ink, ground) -> None:
    patch = board(ground, ink)
    first, second = (reground(patch, BOX, np.random.default_rng(seed)) for _ in range(2))
    assert first.size == patch.size
    assert first.tobytes() == second.tobytes()
