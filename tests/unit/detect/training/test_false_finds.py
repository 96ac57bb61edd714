from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.training.false_finds import LEAST_SCORE, MOST, FalseFinds, Place

scores = st.floats(0, 1)
places = st.builds(
    lambda picture, x, y: Place(picture, (x, y, x + 40, y + 20)),
    st.integers(0, 50),
    st.floats(0, 2000),
    st.floats(0, 2000),
)


def at(x, picture=0):
    return Place(picture, (x, 0.0, x + 40.0, 20.0))


def test_where_nothing_fooled_the_network_nothing_is_drawn():
    finds = FalseFinds()
    finds.remember(at(0), LEAST_SCORE / 2)
    assert finds.draw(np.random.default_rng(1)) is None


def test_stronger_finds_are_drawn_more_often():
    finds = FalseFinds()
    finds.remember(at(0), 0.9)
    finds.remember(at(500), 0.15)
    chance = np.random.default_rng(1)
    drawn = Counter(finds.draw(chance) for _ in range(300))
    assert drawn[at(0)] > 3 * drawn[at(500)] > 0


def test_a_place_that_no_longer_fools_the_network_is_forgotten():
    finds = FalseFinds()
    finds.remember(at(0), 0.9)
    finds.remember(at(3), 0.01)
    assert len(finds) == 0


def test_the_same_place_in_another_picture_is_another_find():
    finds = FalseFinds()
    finds.remember(at(0, picture=1), 0.9)
    finds.remember(at(0, picture=2), 0.9)
    assert len(finds) == 2


def test_only_the_strongest_are_kept():
    finds = FalseFinds()
    for number in range(MOST + 50):
        finds.remember(at(100.0 * number), 0.2 + number / 1000)
    kept = {box[0] for _, _, box in finds.state()}
    assert kept == {100.0 * number for number in range(50, MOST + 50)}


@given(st.lists(st.tuples(places, scores), max_size=30))
def test_what_is_remembered_survives_being_kept(seen):
    finds, restored = FalseFinds(), FalseFinds()
    for place, score in seen:
        finds.remember(place, score)
    restored.restore(finds.state())
    assert restored.state() == finds.state()
