from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from brandlens.detect.concepts.size import ALIGNMENT, LONGEST, fitted


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(32, 512))
def test_any_picture_gets_sides_that_the_network_takes(width, height, side):
    for length in fitted(Image.new("L", (width, height)), side=side).size:
        assert length % ALIGNMENT == 0
        assert ALIGNMENT <= length <= LONGEST


def test_the_whole_picture_is_seen_in_about_its_proportions_and_the_area_asked_for():
    picture = Image.new("L", (1920, 1080))
    picture.paste(255, (960, 0, 1920, 1080))
    small = fitted(picture, side=256)
    assert small.size == (352, 192)
    assert (small.getpixel((4, 96)), small.getpixel((347, 96))) == (0, 255)
