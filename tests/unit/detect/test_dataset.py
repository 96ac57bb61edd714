from pathlib import Path

import pytest

from brandlens.detect.dataset import LabeledImage, boxes_per_label, check
from brandlens.errors import InvalidLabels
from brandlens.results import Box

GOOD = Box(left=0.1, top=0.1, width=0.5, height=0.5)


def picture(*boxes):
    return LabeledImage(lambda: b"bytes", 100, 100, boxes, scene="s")


def test_pictures_with_every_label_and_negatives_are_accepted():
    check([picture(("A", GOOD)), picture(("B", GOOD), ("A", GOOD)), picture()], ["A", "B"])


@pytest.mark.parametrize(
    ("labels", "boxes", "said"),
    [
        ([], [("A", GOOD)], "at least one label"),
        (["A", "A"], [("A", GOOD)], "none twice"),
        (
            ["A"],
            [("B", GOOD)],
            "'B' (Box(left=0.1, top=0.1, width=0.5, height=0.5)) is not of the labels ['A']",
        ),
        (["A", "B"], [("A", GOOD)], "['B']"),
        (["A"], [], "no box of them in 1 picture"),
        (["A"], [("A", Box(left=0.1, top=0.1, width=0, height=0.5))], "covers nothing"),
        (["A"], [("A", Box(left=1.2, top=0.1, width=0.1, height=0.5))], "covers nothing"),
        (["A"], [("A", Box(left=float("nan"), top=0.1, width=0.1, height=0.5))], "covers nothing"),
        (["A"], [("A", Box(left=0.1, top=0.1, width=float("inf"), height=0.5))], "covers nothing"),
    ],
)
def test_what_cannot_be_learned_from_is_refused_in_words(labels, boxes, said):
    with pytest.raises(InvalidLabels) as refusal:
        check([picture(*boxes)], labels)
    assert said in str(refusal.value)


def test_no_pictures_at_all_are_refused():
    with pytest.raises(InvalidLabels, match="at least one"):
        check([], ["A"])


def test_a_refusal_names_the_first_file_at_fault_and_counts_the_others():
    flat = Box(left=0.1, top=0.1, width=0.5, height=0)
    images = [
        LabeledImage(Path(f"v/{n}.jpg"), 9, 9, (("A", GOOD if n < 2 else flat),) * 2, scene="v")
        for n in range(5)
    ]
    with pytest.raises(InvalidLabels, match=r"^v/2\.jpg cannot .* covers nothing .* 2 other pictures have"):
        check(images, ["A"])


def test_boxes_are_counted_per_label_naught_included():
    assert boxes_per_label([picture(("A", GOOD), ("A", GOOD))], ["A", "B"]) == {"A": 2, "B": 0}


def test_a_picture_is_read_from_a_path_or_a_function(tmp_path):
    path = tmp_path / "p.jpg"
    path.write_bytes(b"from disk")
    assert LabeledImage(path, 1, 1, (), scene="s").read() == b"from disk"
    assert picture().read() == b"bytes"
