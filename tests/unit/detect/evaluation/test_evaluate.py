import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandlens.detect.evaluation.evaluate import evaluate, rank
from brandlens.detect.evaluation.figures import ConfusionCell
from brandlens.results import Box, Detection

HERE = Box(left=0.1, top=0.1, width=0.2, height=0.2)
THERE = Box(left=0.6, top=0.6, width=0.2, height=0.2)
NEARLY_HERE = Box(left=0.12, top=0.1, width=0.2, height=0.2)
LABELS = ["A", "B", "C"]

boxes = st.builds(
    Box,
    left=st.floats(0, 0.7),
    top=st.floats(0, 0.7),
    width=st.floats(0.01, 0.3),
    height=st.floats(0.01, 0.3),
)
truths = st.lists(st.lists(st.tuples(st.sampled_from(LABELS), boxes), max_size=3), min_size=1, max_size=4)
finds = st.builds(
    Detection, label=st.sampled_from(LABELS), confidence=st.integers(1, 100).map(float), box=boxes
)
quick = settings(max_examples=40, deadline=None)


def found(label, confidence, box):
    return Detection(label=label, confidence=confidence, box=box)


def detections_for(truth):
    return st.tuples(*(st.lists(finds, max_size=4) for _ in truth))


cases = truths.flatmap(lambda truth: st.tuples(st.just(truth), detections_for(truth)))


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


def test_a_label_of_the_whole_picture_has_no_box_to_match():
    matched = rank([[("A", HERE)]], [[Detection(label="A", confidence=90)]], "A")
    assert (matched.right.tolist(), matched.boxes) == ([], 1)


def test_average_precision_of_right_false_right_over_three_boxes_is_cocos():
    # Precision 1 up to recall 1/3 (34 of the 101 recalls), 2/3 up to recall 2/3 (33 more), then naught.
    truth = [[("A", HERE)], [("A", HERE)], [("A", HERE)]]
    made = [[found("A", 90, HERE)], [found("A", 80, THERE)], [found("A", 70, HERE)]]
    result = evaluate(truth, made, ["A"])
    assert result.average_precision["A"] == pytest.approx((34 + 33 * 2 / 3) / 101)
    assert result.curves["A"][0].precision == 1
    assert (result.curves["A"][-1].recall, result.curves["A"][-1].precision) == (0.66, 0.6667)
    assert result.curves["A"][-1].confidence == 70


def test_a_loose_box_counts_at_low_overlaps_only():
    # The boxes share 9/11 of what they cover: right at seven of the ten overlaps (0.5 to 0.8).
    result = evaluate([[("A", HERE)]], [[found("A", 90, NEARLY_HERE)]], ["A"])
    assert result.mean_average_precision == pytest.approx(1)
    assert result.mean_average_precision_50_95 == pytest.approx(0.7)


def test_an_evaluation_averages_known_labels_and_counts_false_boxes_on_negatives_alone():
    truth = [[("A", HERE), ("B", THERE)], [], []]
    made = [[found("A", 70, HERE), found("A", 65, THERE)], [found("B", 55, HERE), found("B", 45, THERE)], []]
    result = evaluate(truth, made, LABELS)
    assert result.average_precision == {"A": pytest.approx(1), "B": 0, "C": None}
    assert result.mean_average_precision == pytest.approx(0.5)
    assert result.false_boxes_per_negative == 0.5
    assert result.overall.precision == pytest.approx(1 / 3)
    assert result.per_label["A"].recall == 1
    assert result.boxes == {"A": 1, "B": 1, "C": 0}


def test_false_boxes_are_counted_by_group_of_pictures():
    made = [[found("A", 90, HERE), found("B", 60, THERE)], [found("A", 40, HERE)], [found("A", 50, HERE)]]
    result = evaluate([[], [], []], made, LABELS, groups=["strange", "clean", "clean"])
    assert result.false_boxes == {"strange": 2, "clean": 0.5}
    assert result.false_boxes_per_negative == 1


def test_without_negatives_false_boxes_on_them_are_unknown():
    result = evaluate([[("A", HERE)]], [[]], ["A"])
    assert (result.false_boxes_per_negative, result.false_boxes) == (None, {})


def test_nothing_found_has_no_precision_and_nothing_to_find_no_recall():
    result = evaluate([[("A", HERE)]], [[found("B", 90, THERE)]], ["A", "B", "Neither"])
    told = {label: (each.precision, each.recall, each.f1) for label, each in result.per_label.items()}
    assert told == {"A": (None, 0, 0), "B": (0, None, 0), "Neither": (None, None, None)}


def test_nothing_found_has_no_curve_and_no_best_confidence():
    result = evaluate([[("A", HERE)]], [[]], ["A"])
    assert (result.mean_average_precision, result.curves["A"], result.best) == (0, (), None)


def test_the_best_confidence_lies_between_the_last_right_find_and_the_false_one_below():
    made = [[found("A", 81, HERE), found("A", 64, THERE)]]
    best = evaluate([[("A", HERE)]], made, ["A"]).best
    assert best is not None
    assert (best.f1, best.confidence) == (1, pytest.approx(72))


def test_sizes_are_told_by_the_longest_side_of_a_picture_scaled_to_1280_pixels():
    def strip(width):
        return Box(left=0.1, top=0.1, width=width / 640, height=0.05)

    # Twice as long in a picture half as wide: 63.9, 64, 176 and 176.1 pixels.
    truth = [[("A", strip(width))] for width in (31.95, 32, 88, 88.05)]
    result = evaluate(truth, [[]] * 4, ["A"], shapes=[(640, 360)] * 4)
    assert [(figures.size, figures.boxes) for figures in result.by_size] == [
        ("under 64 px", 1),
        ("64 to 176 px", 2),
        ("over 176 px", 1),
    ]


def test_a_size_is_not_blamed_for_finds_of_other_sizes():
    small, large = Box(left=0, top=0, width=0.03, height=0.03), Box(left=0.4, top=0.4, width=0.5, height=0.5)
    false = Box(left=0.4, top=0, width=0.3, height=0.3)
    made = [[found("A", 90, small), found("A", 95, false)]]
    result = evaluate([[("A", small), ("A", large)]], made, ["A"], shapes=[(1280, 720)])
    assert [figures.mean_average_precision for figures in result.by_size] == [pytest.approx(1), None, 0]


def test_confusion_tells_what_was_taken_for_what_and_what_for_nothing():
    truth = [[("A", HERE), ("B", THERE)], [("B", HERE)], []]
    made = [[found("A", 90, HERE), found("C", 60, THERE)], [found("B", 49, HERE)], [found("C", 50, THERE)]]
    assert evaluate(truth, made, LABELS).confusion == (
        ConfusionCell(true="A", found="A", boxes=1),
        ConfusionCell(true="B", found="C", boxes=1),
        ConfusionCell(true="B", found=None, boxes=1),
        ConfusionCell(true=None, found="C", boxes=1),
    )


def test_a_more_confident_find_of_another_label_does_not_hide_the_right_one():
    made = [[found("B", 90, HERE), found("A", 80, HERE)]]
    assert evaluate([[("A", HERE)]], made, LABELS).confusion == (
        ConfusionCell(true="A", found="A", boxes=1),
        ConfusionCell(true=None, found="B", boxes=1),
    )


@quick
@given(truths)
def test_finding_every_box_and_no_other_is_perfect(truth):
    made = [[found(label, 80, box) for label, box in picture] for picture in truth]
    result = evaluate(truth, made, LABELS, shapes=[(1280, 720)] * len(truth))
    if any(truth):
        assert result.mean_average_precision_50_95 == pytest.approx(1)
        assert all(each.mean_average_precision in (None, pytest.approx(1)) for each in result.by_size)
        assert result.best is not None
        assert result.best.f1 == 1
    assert result.overall.f1 == (1 if any(truth) else None)
    assert all(cell.true == cell.found for cell in result.confusion)


@quick
@given(cases, st.sampled_from(LABELS), st.floats(50, 100))
def test_a_false_box_more_never_raises_precision_average_precision_or_f1(case, label, confidence):
    truth, made = case
    # On a picture of its own, where nothing can be right.
    before = evaluate([*truth, []], [*made, []], LABELS)
    after = evaluate([*truth, []], [*made, [found(label, confidence, HERE)]], LABELS)
    if any(one.label == label and one.confidence >= 50 for each in made for one in each):
        assert after.per_label[label].precision <= before.per_label[label].precision
    assert after.per_label[label].recall == before.per_label[label].recall
    assert after.overall.f1 <= (1 if before.overall.f1 is None else before.overall.f1)
    assert after.mean_average_precision_50_95 <= before.mean_average_precision_50_95 + 1e-9
    assert (after.best.f1 if after.best else 0) <= (before.best.f1 if before.best else 0)


@quick
@given(cases, st.integers(100, 4000), st.integers(100, 4000), st.integers(2, 5))
def test_figures_do_not_depend_on_the_pixels_of_a_picture_but_on_its_proportions(case, width, height, times):
    truth, made = case
    small = evaluate(truth, made, LABELS, shapes=[(width, height)] * len(truth))
    large = evaluate(truth, made, LABELS, shapes=[(times * width, times * height)] * len(truth))
    assert small.mean_average_precision_50_95 == pytest.approx(large.mean_average_precision_50_95)
    assert [size.boxes for size in small.by_size] == [size.boxes for size in large.by_size]
    assert sum(size.boxes for size in small.by_size) == sum(small.boxes.values())


@quick
@given(cases)
def test_confusion_counts_every_box_and_every_confident_find_once(case):
    truth, made = case
    result = evaluate(truth, made, LABELS)
    cells = result.confusion
    assert sum(cell.boxes for cell in cells if cell.true) == sum(map(len, truth))
    confident = sum(one.confidence >= 50 for each in made for one in each)
    assert sum(cell.boxes for cell in cells if cell.found) == confident
    right = sum(cell.boxes for cell in cells if cell.true == cell.found)
    assert result.overall.recall == (pytest.approx(right / sum(map(len, truth))) if any(truth) else None)


@quick
@given(cases)
def test_curves_have_few_points_and_fall_as_recall_rises(case):
    truth, made = case
    for curve in evaluate(truth, made, LABELS).curves.values():
        assert len(curve) <= 51
        assert [point.recall for point in curve] == sorted({point.recall for point in curve})
        assert [point.precision for point in curve] == sorted((p.precision for p in curve), reverse=True)
        assert [point.confidence for point in curve] == sorted((p.confidence for p in curve), reverse=True)


def test_detecting_needs_nothing_that_evaluating_does():
    program = "import sys, brandlens.detect.inference; print('pycocotools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
