import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.geometry import overlaps, suppress

sides = st.floats(0, 100, width=32)
rectangles = st.tuples(sides, sides, sides, sides).map(
    lambda r: (min(r[0], r[2]), min(r[1], r[3]), max(r[0], r[2]) + 1, max(r[1], r[3]) + 1)
)
scored = st.lists(st.tuples(rectangles, st.floats(0, 1, width=32)), min_size=1, max_size=12)


def boxes(*rows):
    return np.asarray(rows, np.float32)


def test_half_shifted_boxes_overlap_by_a_third():
    assert overlaps(boxes((0, 0, 10, 10)), boxes((5, 0, 15, 10)))[0, 0] == np.float32(1 / 3)


def test_boxes_side_by_side_and_empty_boxes_overlap_by_nothing():
    found = overlaps(boxes((0, 0, 10, 10), (3, 3, 3, 3)), boxes((10, 0, 20, 10), (3, 3, 3, 3)))
    assert not found.any()


@given(rectangles, rectangles)
def test_overlap_is_symmetric_and_one_only_with_itself(a, b):
    forth, back = overlaps(boxes(a), boxes(b)), overlaps(boxes(b), boxes(a))
    assert forth == back
    assert 0 <= forth[0, 0] <= 1 + 1e-6
    np.testing.assert_allclose(overlaps(boxes(a), boxes(a)), 1, rtol=1e-5)


def test_the_better_of_two_finds_in_one_place_stays_and_the_distant_one_too():
    found = boxes((0, 0, 10, 10), (1, 0, 11, 10), (50, 50, 60, 60))
    assert suppress(found, np.asarray([0.6, 0.9, 0.3], np.float32), limit=0.5).tolist() == [1, 2]


@given(scored)
def test_kept_boxes_never_overlap_and_each_dropped_one_overlaps_a_better_kept_one(finds):
    found, scores = boxes(*[f[0] for f in finds]), np.asarray([f[1] for f in finds], np.float32)
    kept = suppress(found, scores, limit=0.5).tolist()
    shared = overlaps(found, found)
    assert scores[kept].tolist() == sorted(scores[kept].tolist(), reverse=True)
    assert all(shared[a, b] <= 0.5 for a in kept for b in kept if a != b)
    for index in set(range(len(finds))) - set(kept):
        assert any(shared[index, k] > 0.5 and scores[k] >= scores[index] for k in kept)
