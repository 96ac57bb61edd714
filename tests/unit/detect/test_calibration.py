import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.calibration import (
    HIGHEST,
    LOWEST,
    PRIOR,
    best_score,
    confidence,
    operating_scores,
    score_at,
)
from brandlens.detect.evaluation.evaluate import Ranking

operating = st.floats(LOWEST, HIGHEST)


def ranking(scores, right, boxes):
    return Ranking(np.asarray(scores, float), np.asarray(right, bool), boxes)


@given(operating)
def test_the_operating_score_is_fifty_percent_and_the_ends_stay(score):
    assert confidence(score, score) == pytest.approx(50)
    assert (confidence(0, score), confidence(1, score)) == (0, 100)


@given(st.floats(0, 1), st.floats(0, 1), operating)
def test_confidence_rises_with_the_score(a, b, score):
    low, high = sorted((a, b))
    assert confidence(low, score) <= confidence(high, score)


@given(st.floats(0, 100), operating)
def test_a_confidence_turned_into_a_score_comes_back(percent, score):
    assert confidence(score_at(percent, score), score) == pytest.approx(percent, abs=1e-6)


def test_the_best_score_lies_in_the_gap_between_right_and_false_finds():
    assert best_score(ranking([0.9, 0.8, 0.2], [True, True, False], 2)) == pytest.approx(0.4)


def test_a_false_find_among_right_ones_is_worth_its_recall():
    # F1 after 1, 2, 3 finds: 2/4, 2/5, 4/6.
    assert 0.3 < best_score(ranking([0.9, 0.7, 0.6, 0.3], [True, False, True, False], 3)) < 0.6


def test_finds_of_equal_score_stand_or_fall_together():
    assert best_score(ranking([0.5, 0.5, 0.1], [True, False, False], 1)) < 0.5


def test_nothing_right_gives_no_score_and_the_prior_is_used():
    nothing = ranking([0.9], [False], 3)
    assert best_score(nothing) is None
    assert operating_scores([nothing]) == pytest.approx([PRIOR])


def test_a_label_with_few_boxes_leans_on_the_common_score():
    many = ranking([0.64] * 40 + [0.16] * 5, [True] * 40 + [False] * 5, 40)
    one = ranking([0.04], [True], 1)
    scores = operating_scores([many, one])
    # The common score is sqrt(0.64 x 0.16) = 0.32; the label's own would be sqrt(0.04 x 0.01) = 0.02.
    assert scores[0] == pytest.approx(0.32)
    assert 0.2 < scores[1] < 0.32


def test_no_label_operates_outside_the_bounds():
    sure = ranking([1.0] * 50, [True] * 50, 50)
    unsure = ranking([0.01] * 50, [True] * 50, 50)
    assert operating_scores([sure]) == [pytest.approx(0.5)]
    assert operating_scores([unsure]) == [LOWEST]
