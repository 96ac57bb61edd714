import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.exposure.geometry import covered_area, distance_iou, interpolate, zone_of
from brandlens.results import Box
from tests.unit.exposure.works import box, boxes, unhurried

CELLS = 12
on_a_grid = st.builds(
    lambda left, top, width, height: box(left / CELLS, top / CELLS, width / CELLS, height / CELLS),
    *[st.integers(-3, CELLS + 3)] * 2,
    *[st.integers(0, CELLS)] * 2,
)


def test_a_box_matches_itself_best() -> None:
    assert distance_iou(box(), box()) == pytest.approx(1)


def test_two_boxes_that_do_not_touch_match_less_the_farther_apart_they_are() -> None:
    near, far = distance_iou(box(left=0), box(left=0.3)), distance_iou(box(left=0), box(left=0.7))
    assert 0 > near > far > -1


def test_distance_iou_agrees_with_a_case_worked_by_hand() -> None:
    # Unit squares (tenths) side by side: no intersection, centres 1 apart, the box around them 2 by 1.
    assert distance_iou(box(0, 0, 0.1, 0.1), box(0.1, 0, 0.1, 0.1)) == pytest.approx(-1 / 5)


@given(boxes, boxes)
@unhurried
def test_matching_is_symmetric_and_bounded(a: Box, b: Box) -> None:
    assert distance_iou(a, b) == pytest.approx(distance_iou(b, a))
    assert -1 <= distance_iou(a, b) <= 1 + 1e-9


@given(st.lists(on_a_grid, min_size=1, max_size=6))
@unhurried
def test_covered_area_counts_each_cell_of_the_picture_once(found: list[Box]) -> None:
    def covers(b: Box, x: int, y: int) -> bool:
        at_x, at_y = (x + 0.5) / CELLS, (y + 0.5) / CELLS
        return b.left < at_x < b.left + b.width and b.top < at_y < b.top + b.height

    cells = sum(any(covers(b, x, y) for b in found) for x in range(CELLS) for y in range(CELLS))
    assert covered_area(found) == pytest.approx(cells / CELLS**2)


def test_a_whole_image_label_covers_the_picture() -> None:
    assert covered_area([box(), None]) == 1


@pytest.mark.parametrize(
    ("left", "top", "zone"),
    [
        (0.0, 0.0, "top-left"),
        (0.4, 0.4, "middle-center"),
        (0.9, 0.9, "bottom-right"),
        (-0.5, 1.4, "bottom-left"),
    ],
)
def test_a_zone_is_where_the_centre_lies(left: float, top: float, zone: str) -> None:
    assert zone_of(box(left, top, 0.1, 0.1)) == zone


def test_a_box_half_way_lies_half_way() -> None:
    assert interpolate(box(0, 0, 0.2, 0.2), box(0.5, 0.25, 0.6, 0.2), 0.5) == box(0.25, 0.125, 0.4, 0.2)
