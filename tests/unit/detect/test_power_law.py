import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brandlens.detect.evaluation.figures import LearningPoint
from brandlens.detect.power_law import fit, outlook


def point(boxes, precision, held_out=900):
    return LearningPoint(boxes_per_label=boxes, mean_average_precision=precision, held_out_boxes=held_out)


@given(st.floats(0.1, 0.9), st.floats(0.05, 1.5))
def test_points_on_a_power_law_give_it_back(scale, exponent):
    sizes = (2, 4, 8)
    points = [point(n, 1 - scale * n**-exponent) for n in sizes]
    if points[-1].mean_average_precision < 0.99:
        law = fit(points)
        assert (math.exp(law.log_scale), law.exponent) == (pytest.approx(scale), pytest.approx(exponent))
        assert law.mean_average_precision(16) == pytest.approx(1 - scale * 16**-exponent)


@example([(64.0, 0.0), (65.0, 1.0)])  # too steep for a scale to be written as a number
@given(st.lists(st.tuples(st.floats(1, 500), st.floats(0, 1)), min_size=2, max_size=5))
def test_a_prediction_is_a_fraction_and_never_below_what_there_is(drawn):
    points = [point(*one) for one in drawn]
    law = fit(points)
    if law is not None:
        now = law.through(points[0])
        assert now.mean_average_precision(points[0].boxes_per_label) <= 1
        twice = now.mean_average_precision(2 * points[0].boxes_per_label)
        assert points[0].mean_average_precision - 0.005 - 1e-9 <= twice <= 1


def test_one_number_of_boxes_tells_nothing():
    assert fit([point(10, 0.5), point(10, 0.6)]) is None
    assert outlook([point(10, 0.5)], now=point(10, 0.5)) == ""


def test_twice_the_labels_cut_the_error_of_the_detector_there_is_as_short_trainings_showed():
    # Each doubling halves the error of the short trainings: 0.8, 0.4, 0.2. So does the next, from 0.14.
    curve = [point(8, 0.2), point(16, 0.6), point(32, 0.8)]
    assert outlook(curve, now=point(31, 0.86)) == (
        "With twice the labels, about 62 boxes each, expect mAP about 0.93, now 0.86."
    )


def test_labels_that_did_not_help_are_said_to_hardly_help_again():
    said = outlook([point(8, 0.7), point(16, 0.72), point(32, 0.69)], now=point(31, 0.86))
    assert said.startswith("More labels of the same kind would hardly help.")
    assert said.endswith("expect mAP about 0.86, now 0.86.")


def test_a_flat_curve_of_few_held_out_boxes_is_not_called_flat() -> None:
    said = outlook([point(2, 0.7), point(4, 0.7)], now=point(4, 0.9, held_out=24))
    assert said == (
        "Whether more labels would help cannot be told from 24 held-out boxes: "
        "chance alone moves mAP by 0.12."
    )


def test_a_training_that_short_ones_outdid_is_said_to_need_time_rather_than_labels() -> None:
    said = outlook([point(5, 0.0), point(18, 0.85)], now=point(22, 0.02))
    assert said == (
        "A short training on some of these labels reached mAP 0.85, this one 0.02: "
        "it needs more time before more labels."
    )
