import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.tiling import MOST_PIXELS, tiles

sides = st.integers(1, 3000)
fractions = st.floats(0, 1)


@given(sides, sides, fractions, fractions, st.integers(1, 176))
def test_every_box_is_whole_in_the_one_tile_that_answers_for_it(width, height, x, y, longest):
    middle = np.asarray([x * width, y * height] * 2, np.float32)
    half = np.asarray([-longest, -longest, longest, longest], np.float32) / 2
    box = np.clip(middle + half, 0, np.asarray([width, height] * 2, np.float32))
    (owner,) = [t for t in tiles(width, height, reach=176) if t.answers_for(box[None])[0]]
    left, top, right, bottom = owner.seen
    assert left <= box[0] <= box[2] <= right
    assert top <= box[1] <= box[3] <= bottom


def test_a_frame_of_720_lines_is_one_tile_and_its_enlarged_copy_four():
    assert [tile.seen for tile in tiles(1280, 720, reach=176)] == [(0, 0, 1280, 720)]
    assert MOST_PIXELS < 2560 * 1440
    assert len(tiles(2560, 1440, reach=96)) == 4
