from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.pyramid import LARGEST_BOX, scales, size_range

pixels = st.integers(1, 1280)


@given(pixels, pixels)
def test_every_size_of_logo_is_some_copys_to_find(width, height):
    found = scales(width, height)
    for side in range(1, max(width, height) + 1):
        ranges = [(side * s, size_range(s, found[-1])) for s in found]
        assert any(low <= size <= high and size <= LARGEST_BOX for size, (low, high) in ranges)


def test_a_small_picture_is_looked_at_once():
    assert scales(160, 100) == (1.0,)
