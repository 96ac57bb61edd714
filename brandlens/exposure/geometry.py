"""Boxes as fractions of the picture: how alike two are, what they cover together, and where they lie."""

from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from brandlens.results import Box, Zone

_ROWS = ("top", "middle", "bottom")
_COLUMNS = ("left", "center", "right")
_EPSILON = 1e-12


def distance_iou(a: Box, b: Box) -> float:
    """Return the Distance-IoU of two boxes, from 1 (the same) towards -1 (far apart for their size).

    Intersection over union, less the squared distance of the centres over the squared diagonal of the
    smallest box around both. Unlike plain IoU it still tells near from far once the boxes no longer touch, as
    those of a moving logo two samples a second seldom do. Zheng et al., "Distance-IoU Loss", AAAI 2020,
    equation 7.
    """
    width = min(a.left + a.width, b.left + b.width) - max(a.left, b.left)
    height = min(a.top + a.height, b.top + b.height) - max(a.top, b.top)
    intersection = max(width, 0.0) * max(height, 0.0)
    union = a.width * a.height + b.width * b.height - intersection
    across = max(a.left + a.width, b.left + b.width) - min(a.left, b.left)
    down = max(a.top + a.height, b.top + b.height) - min(a.top, b.top)
    (ax, ay), (bx, by) = _centre(a), _centre(b)
    distance = (ax - bx) ** 2 + (ay - by) ** 2
    return intersection / max(union, _EPSILON) - distance / max(across**2 + down**2, _EPSILON)


def interpolate(a: Box, b: Box, fraction: float) -> Box:
    """Return the box that lies `fraction` of the way from `a` to `b`, each edge moving linearly."""
    return Box(
        left=a.left + (b.left - a.left) * fraction,
        top=a.top + (b.top - a.top) * fraction,
        width=a.width + (b.width - a.width) * fraction,
        height=a.height + (b.height - a.height) * fraction,
    )


def covered_area(boxes: Sequence[Box | None]) -> float:
    """Return the fraction of the picture that the boxes cover together, overlaps counted once.

    What a box has outside the picture does not count. None, a whole-image label, covers all of it.
    """
    if None in boxes:
        return 1.0
    edges = [_clipped(box) for box in boxes if box is not None]
    columns = sorted({x for left, _, right, _ in edges for x in (left, right)})
    area = 0.0
    for left, right in pairwise(columns):
        spans = sorted((top, bottom) for x0, top, x1, bottom in edges if x0 <= left and x1 >= right)
        area += (right - left) * _length(spans)
    return area


def zone_of(box: Box) -> Zone:
    """Return the cell of a 3 x 3 grid in which the box's centre lies."""
    x, y = _centre(box)
    return cast("Zone", f"{_ROWS[_third(y)]}-{_COLUMNS[_third(x)]}")


def _centre(box: Box) -> tuple[float, float]:
    return box.left + box.width / 2, box.top + box.height / 2


def _third(position: float) -> int:
    return min(max(int(position * 3), 0), 2)


def _clipped(box: Box) -> tuple[float, float, float, float]:
    edges = (box.left, box.top, box.left + box.width, box.top + box.height)
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in edges)
    return left, top, right, bottom


def _length(spans: Sequence[tuple[float, float]]) -> float:
    """Return the length of the union of spans that come in ascending order."""
    length, reached = 0.0, 0.0
    for start, end in spans:
        length += max(end - max(start, reached), 0.0)
        reached = max(reached, end)
    return length
