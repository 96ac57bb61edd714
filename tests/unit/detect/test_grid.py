import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.grid import STRIDE, cell_middles, decode, encode

CELLS = 32
NONE = np.zeros((0, 4), np.float32)


@st.composite
def box_on_grid(draw):
    width, height = draw(st.floats(6, 176, width=32)), draw(st.floats(6, 176, width=32))
    left, top = draw(st.floats(0, 256 - width)), draw(st.floats(0, 256 - height))
    return left, top, left + width, top + height


def perfect_answer(targets):
    """What a network without error would say: heat at its peaks only, and the sides as distances."""
    xs, ys = cell_middles(*targets.heat.shape[1:])
    left, top, right, bottom = targets.sides
    x, y = np.broadcast_to(xs, left.shape), np.broadcast_to(ys[:, None], left.shape)
    peaks = np.where(targets.heat == 1, targets.heat, 0)
    return peaks, np.stack([x - left, y - top, right - x, bottom - y])


@given(box_on_grid(), st.integers(0, 2))
def test_a_box_drawn_as_targets_is_read_back_as_it_was(box, label):
    targets = encode(np.asarray([box], np.float32), [label], NONE, height=CELLS, width=CELLS, label_count=3)
    boxes, labels, scores = decode(*perfect_answer(targets), np.full(3, 0.5, np.float32))
    np.testing.assert_allclose(boxes, [box], atol=1e-3)
    assert (labels.tolist(), scores.tolist()) == ([label], [1.0])


@given(box_on_grid())
def test_heat_is_one_in_one_cell_and_every_learning_cell_is_asked(box):
    targets = encode(np.asarray([box], np.float32), [0], NONE, height=CELLS, width=CELLS, label_count=1)
    row, column = np.argwhere(targets.heat[0] == 1)[0]
    middle = np.asarray([(box[1] + box[3]) / 2, (box[0] + box[2]) / 2])
    assert (targets.heat == 1).sum() == 1
    assert (np.abs(np.asarray([row, column]) * STRIDE + STRIDE / 2 - middle) <= STRIDE / 2 + 1e-3).all()
    assert targets.asked[targets.weight > 0].all()


def test_a_wide_box_spreads_its_heat_wider_than_high():
    targets = encode(
        np.asarray([[20, 100, 180, 120]], np.float32), [0], NONE, height=32, width=32, label_count=1
    )
    warm = targets.heat[0] > 0.3
    assert warm.any(axis=0).sum() > warm.any(axis=1).sum()


def test_of_two_boxes_in_one_place_the_smaller_owns_the_middle():
    both = np.asarray([[80, 80, 112, 112], [30, 30, 160, 160]], np.float32)
    targets = encode(both, [0, 1], NONE, height=32, width=32, label_count=2)
    assert targets.sides[:, 12, 12].tolist() == [80, 80, 112, 112]


def test_nothing_is_asked_inside_an_open_box_but_where_a_labeled_one_lies_over_it():
    opened = np.asarray([[0, 0, 128, 128]], np.float32)
    targets = encode(
        np.asarray([[40, 40, 72, 72]], np.float32), [0], opened, height=32, width=32, label_count=1
    )
    assert targets.asked[0, 0] == 0
    assert targets.asked[7, 7] == 1
    assert targets.asked[20, 20] == 1


@pytest.mark.parametrize("threshold", [0.0, 0.5, 1.0])
def test_scores_are_read_per_label_from_its_threshold_up(threshold):
    peaks = np.zeros((2, 4, 4), np.float32)
    peaks[:, 1, 2] = 0.5
    thresholds = np.asarray([threshold, 2.0], np.float32)
    _, labels, scores = decode(peaks, np.ones((4, 4, 4), np.float32), thresholds)
    assert (0.5 in scores.tolist()) is (threshold <= 0.5)
    assert not labels.any()
