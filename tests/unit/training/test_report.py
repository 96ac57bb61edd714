"""What a data report says of a dataset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.labels.pictures import LabeledBox, LabeledPicture
from brandlens.results import Box, Warning  # noqa: A004 - the document's own term
from brandlens.training.report import SIZE_EDGES, DataReport, data_report, labeling_cost
from brandlens.training.request import TrainingRequest
from brandlens.training.split import DatasetSplit, SplitKind
from tests.jobs import job

REQUEST = TrainingRequest(labels=("Acme", "Bolt"), type="object", prefix="inbox/cup/train/a/")


def picture(name: str, *boxes: tuple[str, int, int]) -> LabeledPicture:
    """A picture of 1,000 x 1,000 pixels with boxes of a label, a width and a height."""
    return LabeledPicture(
        name=name,
        width=1000,
        height=1000,
        boxes=tuple(
            LabeledBox(label=label, box=Box(left=0, top=0, width=width / 1000, height=height / 1000))
            for label, width, height in boxes
        ),
        scene=name,
    )


def reported(
    train: list[LabeledPicture], test: list[LabeledPicture], *, kind: SplitKind = "scene"
) -> DataReport:
    split = DatasetSplit(train=tuple(train), test=tuple(test), kind=kind)
    return data_report(job(), REQUEST, split, cost=None, warnings=())


def messages(report: DataReport, code: str) -> list[str]:
    return [warning.message for warning in report.warnings if warning.code == code]


def test_labels_are_counted_in_pictures_and_boxes() -> None:
    report = reported(
        [picture("1", ("Acme", 50, 50), ("Acme", 60, 60)), picture("2")], [picture("3", ("Acme", 70, 70))]
    )

    acme, bolt = report.labels
    assert (acme.train_pictures, acme.test_pictures, acme.boxes) == (1, 1, 3)
    assert (bolt.train_pictures, bolt.test_pictures, bolt.boxes) == (0, 0, 0)
    assert (report.train_pictures, report.test_pictures, report.negatives, report.boxes) == (2, 1, 1, 3)


@given(st.lists(st.tuples(st.integers(1, 1000), st.integers(1, 1000)), max_size=30))
def test_every_box_is_in_the_bin_of_its_shorter_side(sizes: list[tuple[int, int]]) -> None:
    boxes = [("Acme", width, height) for width, height in sizes]
    report = reported([picture("1", *boxes)], [])

    assert [one.from_pixels for one in report.sizes] == list(SIZE_EDGES)
    for one in report.sizes:
        inside = [
            size for size in sizes if one.from_pixels <= min(size) < (one.below_pixels or max(size) + 1)
        ]
        assert one.boxes == len(inside)
    assert sum(one.boxes for one in report.sizes) == len(sizes)


def test_a_label_that_no_picture_shows_is_warned_of() -> None:
    report = reported([picture("1", ("Acme", 50, 50))], [])

    assert messages(report, "LabelNotSeen") == [
        "No picture shows Bolt: the model will not know it. Add pictures that do."
    ]
    assert messages(report, "LabelNotTested") == [
        "No test picture shows Acme: nothing is known of its score."
    ]


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (1, ["1 picture shows Acme; 10 or more are better."]),
        (9, ["9 pictures show Acme; 10 or more are better."]),
        (10, []),
    ],
)
def test_too_few_pictures_of_a_label_are_warned_of(count: int, message: list[str]) -> None:
    report = reported([picture(str(number), ("Acme", 50, 50)) for number in range(count)], [])

    assert messages(report, "FewPictures") == message


def test_tiny_boxes_are_warned_of_by_label() -> None:
    report = reported(
        [picture("1", ("Acme", 300, 15), ("Acme", 16, 16)), picture("2", ("Bolt", 8, 8), ("Bolt", 9, 40))], []
    )

    assert messages(report, "TinyBoxes") == [
        "1 box of Acme has a side of less than 16 pixels: larger pictures teach better.",
        "2 boxes of Bolt have a side of less than 16 pixels: larger pictures teach better.",
    ]


@pytest.mark.parametrize(
    ("kind", "code"),
    [("scene", None), ("time", "TestedOnTheSameVideo"), ("picture", "TestedOnAlikePictures")],
)
def test_a_test_that_flatters_is_warned_of(kind: SplitKind, code: str | None) -> None:
    codes = {warning.code for warning in reported([], [], kind=kind).warnings}

    assert {one for one in codes if one.startswith("TestedOn")} == ({code} if code else set())


def test_warnings_known_before_are_kept() -> None:
    known = Warning(code="TruncatedMedia", message="torn.mp4 is left out.")
    split: DatasetSplit[LabeledPicture] = DatasetSplit(train=(), test=(), kind="scene")

    assert data_report(job(), REQUEST, split, cost=None, warnings=[known]).warnings[0] == known


def test_labeling_costs_its_price_for_each_object() -> None:
    cost = labeling_cost(250, 0.08)

    assert cost.estimated_usd == pytest.approx(20)
    assert [(item.quantity, item.unit) for item in cost.items] == [(250, "objects")]
