import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from brandlens.detect.grid import STRIDE, cell_middles
from brandlens.detect.second_look import MOST_LOOKED_AT, UNCONFIRMED, WORTH_A_LOOK, look_again

PICTURE = Image.new("RGB", (1280, 720))
LENGTHS = (72.0, 100.0)


class Answers:
    """A network that sees one logo of label 1 in the middle of whatever it is shown, `length` pixels long."""

    def __init__(self, score, *, length=None, label=1):
        self.score, self.length, self.label, self.shown = score, length, label, []

    def __call__(self, pixels):
        self.shown.append(pixels.shape)
        rows, columns = (-(-side // STRIDE) for side in pixels.shape[:2])
        peaks = np.zeros((2, rows, columns), np.float32)
        row, column = rows // 2, columns // 2
        peaks[self.label, row, column] = self.score
        xs, ys = cell_middles(rows, columns)
        x, y = pixels.shape[1] / 2, pixels.shape[0] / 2
        half = (self.length or LENGTHS[len(self.shown) % 2 - 1]) / 2
        sides = [xs[column] - x + half, ys[row] - y + half, x + half - xs[column], y + half - ys[row]]
        distances = np.zeros((4, rows, columns), np.float32)
        distances[:, row, column] = sides
        return peaks, distances


def again(ask, scores, *, boxes=None, lengths=LENGTHS):
    boxes = np.float32([[600, 320, 680, 400]] * len(scores)) if boxes is None else boxes
    labels = np.ones(len(scores), np.intp)
    return look_again(ask, PICTURE, boxes, labels, np.float32(scores), lengths=lengths)


def test_a_logo_that_is_found_again_keeps_its_score():
    assert again(Answers(0.8), [0.8]) == pytest.approx([0.8], rel=1e-4)


def test_a_find_that_no_other_look_confirms_loses_most_of_its_score():
    assert again(Answers(0.0), [0.8]) == pytest.approx([(0.8 * UNCONFIRMED**2) ** (1 / 3)], rel=1e-4)


@pytest.mark.parametrize("other", [{"label": 0}, {"length": 20.0}])
def test_another_label_or_another_box_confirms_nothing(other):
    assert again(Answers(0.9, **other), [0.8])[0] < 0.1


def test_a_faint_find_that_is_plain_in_other_sizes_is_raised():
    assert again(Answers(0.9), [0.2])[0] > 0.5


def test_what_is_hardly_anything_is_not_looked_at_again():
    ask = Answers(0.9)
    assert again(ask, [WORTH_A_LOOK * 0.9])[0] < UNCONFIRMED * 2
    assert ask.shown == []


def test_a_picture_full_of_finds_takes_a_bounded_time():
    ask = Answers(0.9)
    again(ask, [0.5] * 100)
    assert len(ask.shown) == MOST_LOOKED_AT * len(LENGTHS)


def test_a_model_without_second_looks_keeps_every_score():
    scores = [0.9, 0.3, 0.04]
    assert again(None, scores, lengths=()) == pytest.approx(scores)


@given(
    st.floats(0, 1250), st.floats(0, 700), st.floats(1, 1280), st.floats(1, 720), st.floats(UNCONFIRMED, 1)
)
def test_any_box_of_a_picture_can_be_looked_at_again(left, top, width, height, score):
    box = np.float32([[left, top, min(1280, left + width), min(720, top + height)]])
    (found,) = again(Answers(0.9), [score], boxes=box)
    assert 0 < found <= 1


def test_no_finds_need_no_look():
    assert again(None, [], boxes=np.zeros((0, 4), np.float32)).shape == (0,)
