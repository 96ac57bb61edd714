import itertools

import pytest

from brandlens.detect.dataset import LabeledImage, boxes_per_label
from brandlens.detect.learning_curve import in_turn, learning_curve
from brandlens.errors import InvalidLabels
from brandlens.results import Box

BOX = Box(left=0.1, top=0.1, width=0.2, height=0.2)


def picture(number, *labels):
    return LabeledImage(lambda: b"", 100, 100, tuple((label, BOX) for label in labels), f"scene {number}")


def test_the_first_part_of_the_pictures_has_its_share_of_every_label():
    images = [picture(n, "A" if n < 30 else "B") for n in range(40)] + [picture(n) for n in range(40, 60)]
    first = in_turn(images, ["A", "B"], seed=1)[:30]
    counts = boxes_per_label(first, ["A", "B"])
    assert 14 <= counts["A"] <= 16
    assert 4 <= counts["B"] <= 6
    assert 9 <= sum(not image.boxes for image in first) <= 11


def test_a_label_with_one_picture_is_learned_from_the_beginning():
    images = [picture(n, "A") for n in range(50)] + [picture(50, "B")]
    assert "B" in {label for image in in_turn(images, ["A", "B"], seed=3)[:2] for label, _ in image.boxes}


def test_pictures_are_ordered_the_same_by_the_same_seed_and_none_is_lost():
    images = [picture(n, *("AB"[n % 2 :])) for n in range(12)]
    ordered = in_turn(images, ["A", "B"], seed=1)
    assert ordered == in_turn(images, ["A", "B"], seed=1)
    assert ordered != in_turn(images, ["A", "B"], seed=2)
    assert {image.scene for image in ordered} == {image.scene for image in images}


def test_too_few_pictures_to_hold_any_out_draw_no_curve():
    with pytest.raises(InvalidLabels, match="of 1 picture none can be held out"):
        learning_curve([picture(1, "A")], ["A"], budget_seconds=1, seed=1, threads=1, progress=lambda _: None)


def test_a_curve_has_a_point_for_a_quarter_a_half_and_all_of_the_labels(pictures):
    told = []
    points = learning_curve(
        pictures,
        ["Disc", "Bars"],
        budget_seconds=30.0,
        seed=1,
        threads=1,
        progress=told.append,
        # Every look at the clock takes so long that no training makes more than a few steps.
        clock=itertools.count(step=2.0).__next__,
    )
    boxes = [point.boxes_per_label for point in points]
    assert boxes == sorted(set(boxes))
    assert boxes[-1] >= 3 * boxes[0]
    assert all(0 <= point.mean_average_precision <= 1 for point in points)
    assert told == sorted(told)
    assert told[-1] <= 1
