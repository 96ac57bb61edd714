from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.pyramid import LARGEST_BOX, scales, size_range

pixels = st.integers(1, 1280)


@given(pixels, pixels, st.booleans())
def test_every_size_of_logo_is_some_copys_to_find(width, height, enlarged):
    found = scales(width, height, enlarged=enlarged)
    for side in range(1, max(width, height) + 1):
        ranges = [(side * s, size_range(s, found)) for s in found]
        assert any(low <= size <= high and size <= LARGEST_BOX for size, (low, high) in ranges)


def test_a_small_picture_is_looked_at_once():
    assert scales(LARGEST_BOX, 100) == (1.0,)


def test_tiny_logos_are_left_to_the_enlarged_copy_where_there_is_one():
    found = scales(1280, 720, enlarged=True)
    assert found[:2] == (2.0, 1.0)
    assert size_range(2.0, found)[0] == 0 < size_range(1.0, found)[0]
