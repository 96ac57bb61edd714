import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.evaluation.concepts import evaluate_concepts
from brandlens.results import Detection

LABELS = ["A", "B", "C"]
truths = st.lists(st.sets(st.sampled_from(LABELS)), min_size=1, max_size=6)


def told(**confidences):
    found = [Detection(label=label, confidence=value) for label, value in confidences.items()]
    return sorted(found, key=lambda one: -one.confidence)


def test_labels_are_counted_at_the_operating_point_and_ranked_over_all_pictures():
    truth = [{"A"}, {"A"}, {"B"}, set()]
    made = [told(A=90, B=10), told(A=40, B=30), told(A=60, B=80), told(A=20, B=5)]
    result = evaluate_concepts(truth, made, LABELS, kind="multi-label", confidence=50)
    a = result.per_label["A"]
    assert (a.precision, a.recall, a.f1) == (0.5, 0.5, 0.5)
    # Right, false, right: precision 1 up to half the recall, 2/3 from there.
    assert result.average_precision == {"A": pytest.approx((1 + 2 / 3) / 2), "B": 1, "C": None}
    assert result.mean_average_precision == pytest.approx((5 / 6 + 1) / 2)
    assert result.pictures == {"A": 2, "B": 1, "C": 0}
    assert result.overall.precision == pytest.approx(2 / 3)
    assert result.accuracy is None


def test_of_classes_the_most_confident_is_the_answer_whatever_its_confidence():
    made = [told(A=45, B=40), told(A=60, B=40), told(B=70, A=30), []]
    result = evaluate_concepts([{"A"}, {"B"}, {"B"}, {"A"}], made, LABELS, kind="multi-class", confidence=50)
    assert result.accuracy == 0.5


def test_pictures_without_any_label_leave_nothing_to_average():
    result = evaluate_concepts([set()], [told(A=90)], LABELS, kind="multi-label", confidence=50)
    assert result.mean_average_precision is None
    assert (result.overall.precision, result.overall.recall, result.overall.f1) == (0, None, 0)


@given(truths)
def test_giving_every_label_and_no_other_is_perfect(truth):
    made = [told(**{label: 90 if label in labels else 10 for label in LABELS}) for labels in truth]
    result = evaluate_concepts(truth, made, LABELS, kind="multi-label", confidence=50)
    assert result.overall.f1 == (1 if any(truth) else None)
    assert all(precision in (None, 1) for precision in result.average_precision.values())


@given(truths, st.sampled_from(LABELS), st.floats(50, 100))
def test_a_false_label_more_never_raises_precision(truth, label, confidence):
    made = [told(**dict.fromkeys(labels, 80)) for labels in truth]
    before = evaluate_concepts([*truth, set()], [*made, []], LABELS, kind="multi-label", confidence=50)
    worse = [*made, told(**{label: confidence})]
    after = evaluate_concepts([*truth, set()], worse, LABELS, kind="multi-label", confidence=50)
    if before.per_label[label].precision is not None:
        assert after.per_label[label].precision <= before.per_label[label].precision
    assert after.per_label[label].recall == before.per_label[label].recall
