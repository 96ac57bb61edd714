import json

import pytest
from PIL import Image

from brandlens.detect.artifact import Description
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.evaluation.figures import ConfusionCell, LearningPoint
from brandlens.detect.split import Split
from brandlens.detect.training.validation import Run, describe
from brandlens.results import Box

SIZE = (160, 96)
BOX = Box(left=32 / 160, top=32 / 96, width=24 / 160, height=24 / 96)


@pytest.fixture(scope="module")
def report(red_network, encode_picture):
    """Of a network that finds a red cell, on one such picture, a labeled one without red and an empty one."""

    def image(name, red, boxes):
        picture = Image.new("RGB", SIZE)
        picture.paste((red, 0, 0), (40, 40, 48, 48))
        data = encode_picture(picture)
        return LabeledImage(lambda: data, *SIZE, boxes, name)

    held_out = (image("a", 255, (("Red", BOX),)), image("b", 0, (("Red", BOX),)), image("c", 0, ()))
    parts = Split(held_out[:2], held_out, "scene")
    run = Run(steps=100, seconds=1.0, seed=1, final_loss=0.5)
    return describe(red_network, parts, ["Red"], run, second_looks=(), threads=1).report


def test_a_report_tells_how_precise_each_label_is_and_what_it_is_taken_for(report):
    (label,) = report.labels
    assert (label.learning_boxes, label.validation_boxes) == (2, 2)
    assert (label.precision, label.recall) == (1, 0.5)
    assert label.average_precision == pytest.approx(51 / 101)
    assert label.average_precision_50_95 == report.mean_average_precision_50_95 == pytest.approx(51 / 101)
    assert [(point.recall, point.precision) for point in label.curve][-1] == (0.5, 1)
    assert report.confusion == (
        ConfusionCell(true="Red", found="Red", boxes=1),
        ConfusionCell(true="Red", found=None, boxes=1),
    )
    assert report.false_boxes_per_negative == 0


def test_a_report_tells_figures_by_size_and_the_best_f1_with_its_confidence(report):
    # 24 of 160 pixels are 192 of 1280.
    assert [(size.boxes, size.mean_average_precision) for size in report.by_size] == [
        (0, None),
        (0, None),
        (2, pytest.approx(51 / 101)),
    ]
    assert report.best_f1 == pytest.approx(2 / 3)
    assert 0 < report.best_f1_confidence < 100


def test_a_learning_curve_makes_a_report_say_what_more_labels_would_bring(report):
    assert (report.learning_curve, report.outlook) == ((), "")
    points = [
        LearningPoint(boxes_per_label=boxes, mean_average_precision=precision, held_out_boxes=900)
        for boxes, precision in ((1, 0.2), (2, 0.6))
    ]
    drawn = report.with_learning_curve(points)
    assert drawn.learning_curve == tuple(points)
    # Twice the labels halved the error; now it is 50/101 with two boxes.
    assert drawn.outlook == "With twice the labels, about 4 boxes each, expect mAP about 0.75, now 0.50."


def test_a_report_outlives_a_journey_through_json(report):
    labels = [{"name": "Red", "operating_score": 0.5}]
    written = Description(longest_side=1280, labels=labels, report=report).model_dump_json()
    assert Description.model_validate_json(written).report == report


def test_a_report_without_the_later_figures_is_still_read(red_model):
    document = json.loads(red_model.description.model_dump_json())
    for later in ("mean_average_precision_50_95", "by_size", "confusion", "learning_curve", "outlook"):
        del document["report"][later]
    assert Description.model_validate(document).report == red_model.report
