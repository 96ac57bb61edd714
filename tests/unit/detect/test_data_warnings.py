import pytest

from brandlens.detect.data_warnings import ENOUGH, data_warnings

BOXES = ("box", "boxes")


def test_whole_scenes_held_out_and_enough_of_each_label_give_no_warning():
    assert data_warnings("scene", {"Disc": ENOUGH}, BOXES, []) == ()


@pytest.mark.parametrize(("split", "words"), [("picture", "which flatters"), ("none", "it learned from")])
def test_figures_that_flatter_are_warned_of_first(split, words):
    (warning, _) = data_warnings(split, {"Disc": 1}, BOXES, [])
    assert words in warning


def test_a_label_taught_little_and_one_not_judged_are_named():
    taught = {"Disc": ENOUGH - 1, "Bars": ENOUGH}
    assert data_warnings("scene", taught, ("picture", "pictures"), ["Bars"]) == (
        "'Disc' has 9 pictures to learn from; 10 or more are better.",
        "No held-out picture shows 'Bars'.",
    )


def test_one_box_is_no_boxes():
    (warning,) = data_warnings("scene", {"Disc": 1}, BOXES, [])
    assert warning.startswith("'Disc' has 1 box to learn from")
