import numpy as np
import pytest

from brandlens.detect.concepts.validation import HeldOutLogits, best_temperature, judge


def held_out(logits, truth, judged=None):
    truth = np.asarray(truth, np.float32)
    judged = np.ones(truth.shape, np.bool_) if judged is None else np.asarray(judged)
    return HeldOutLogits(np.asarray(logits, np.float32), truth, judged)


def test_the_temperature_makes_confidence_as_high_as_the_head_is_right():
    # Sure to 98 percent (a logit of 4 against naught) but right in three of four pictures only.
    logits = np.tile(np.asarray([[4.0, 0.0]], np.float32), (400, 1))
    classes = np.asarray([0, 0, 0, 1] * 100)
    confidence = 1 / (1 + np.exp(-4.0 / best_temperature(logits, classes)))
    assert confidence == pytest.approx(0.75, abs=0.01)


def test_without_pictures_the_temperature_is_neutral():
    assert best_temperature(np.empty((0, 2), np.float32), np.empty(0, np.intp)) == 1.0


def test_confusion_counts_true_labels_in_rows_and_the_most_confident_in_columns():
    judged = judge(held_out([[3, 0], [3, 0], [0, 3]], [[1, 0], [0, 1], [0, 1]]), ["A", "B"], "multi-class")
    assert judged.confusion == ((1, 0), (1, 1))
    assert judged.accuracy == pytest.approx(2 / 3)
    assert judged.operating_scores == (0.5, 0.5)


def test_several_labels_have_an_operating_score_between_those_with_and_those_without():
    logits = [[-1.0], [-1.2], [-2.5], [-3.0]] * 10
    judged = judge(held_out(logits, [[1], [1], [0], [0]] * 10), ["A"], "multi-label")
    (report,) = judged.labels
    low, high = (1 / (1 + np.exp(-x)) for x in (-2.5, -1.2))
    assert low < judged.operating_scores[0] < high
    assert (report.average_precision, report.precision, report.recall, report.f1) == (1, 1, 1, 1)
    assert (judged.accuracy, judged.confusion, judged.temperature) == (None, None, 1.0)


def test_average_precision_is_the_area_under_the_envelope():
    # Right, wrong, right: precision 1 up to half the recall, 2/3 from there.
    judged = judge(held_out([[3], [2], [1], [0]], [[1], [0], [1], [0]]), ["A"], "multi-label")
    assert judged.mean_average_precision == pytest.approx((1 + 2 / 3) / 2)


def test_a_label_that_no_head_could_learn_is_not_judged():
    apart = held_out(
        [[3, 0, 0], [3, 0, 0], [0, 3, 0]],
        [[1, 0, 0], [0, 0, 1], [0, 1, 0]],
        [[True, True, True], [True, True, False], [True, True, True]],
    )
    judged = judge(apart, ["A", "B", "C"], "multi-class")
    assert judged.labels[2].average_precision is None
    assert judged.accuracy == 1.0
