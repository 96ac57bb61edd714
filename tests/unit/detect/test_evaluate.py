import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.evaluate import Ranking, average_precision, evaluate, rank, score
from brandlens.results import Box, Detection

HERE = Box(left=0.1, top=0.1, width=0.2, height=0.2)
THERE = Box(left=0.6, top=0.6, width=0.2, height=0.2)
NEARLY_HERE = Box(left=0.12, top=0.1, width=0.2, height=0.2)


def found(label, confidence, box):
    return Detection(label=label, confidence=confidence, box=box)


def ranking(right, boxes):
    return Ranking(np.linspace(90, 10, len(right)), np.asarray(right, bool), boxes)


def test_average_precision_of_right_false_right_over_three_boxes_is_five_ninths():
    # Precision at the two hits: 1/1 and 2/3; the third box is never found: (1 + 2/3 + 0) / 3.
    assert average_precision(ranking([True, False, True], boxes=3)) == pytest.approx(5 / 9)


def test_average_precision_takes_the_best_precision_at_any_higher_recall():
    # Precisions at hits are 1/2, 2/3 and 3/4; the envelope lifts all to 3/4.
    assert average_precision(ranking([False, True, True, True], boxes=3)) == pytest.approx(0.75)


def test_average_precision_is_unknown_without_boxes_and_naught_without_finds():
    assert average_precision(ranking([False], boxes=0)) is None
    assert average_precision(ranking([], boxes=4)) == 0


@given(st.lists(st.booleans(), max_size=20), st.integers(0, 5))
def test_average_precision_lies_between_naught_and_recall(right, missed):
    boxes = sum(right) + missed
    if boxes:
        assert 0 <= average_precision(ranking(right, boxes)) <= sum(right) / boxes + 1e-9


def test_a_box_is_found_once_and_the_less_confident_second_find_is_false():
    matched = rank([[("A", HERE)]], [[found("A", 60, NEARLY_HERE), found("A", 80, HERE)]], "A")
    assert matched.scores.tolist() == [80, 60]
    assert matched.right.tolist() == [True, False]


def test_a_find_takes_the_box_it_covers_most_among_those_left():
    matched = rank([[("A", HERE), ("A", NEARLY_HERE)]], [[found("A", 80, HERE), found("A", 60, HERE)]], "A")
    assert matched.right.tolist() == [True, True]


def test_the_right_place_under_another_label_is_false():
    matched = rank([[("B", HERE)]], [[found("A", 60, HERE)]], "A")
    assert (matched.right.tolist(), matched.boxes) == ([False], 0)


def test_precision_recall_and_f1_count_what_is_found_at_the_confidence():
    result = score([Ranking(np.asarray([90.0, 50.0, 49.9]), np.asarray([True, False, True]), 4)], 50)
    assert (result.precision, result.recall) == (0.5, 0.25)
    assert result.f1 == pytest.approx(1 / 3)


def test_an_evaluation_averages_known_labels_and_counts_false_boxes_on_negatives_alone():
    truths = [[("A", HERE), ("B", THERE)], [], []]
    finds = [[found("A", 70, HERE), found("A", 65, THERE)], [found("B", 55, HERE), found("B", 45, THERE)], []]
    result = evaluate(truths, finds, ["A", "B", "C"])
    assert result.average_precision == {"A": 1.0, "B": 0.0, "C": None}
    assert result.mean_average_precision == 0.5
    assert result.false_boxes_per_negative == 0.5
    assert result.overall.precision == pytest.approx(1 / 3)
    assert result.per_label["A"].recall == 1


def test_without_negatives_false_boxes_on_them_are_unknown():
    assert evaluate([[("A", HERE)]], [[]], ["A"]).false_boxes_per_negative is None
