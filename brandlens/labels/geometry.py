"""Boxes between pixels, as annotation formats write them, and fractions, as brandlens does."""

import math
from typing import Annotated, NamedTuple

from pydantic import Field

from brandlens.results import Box

SLACK = 1.0
"""Pixels a box may reach over the edge before it is refused: tools round outwards. It is cut off there."""
_DECIMALS = 6
"""Of pixels: exact for whole ones, whatever fractions made of them."""

Side = Annotated[int, Field(gt=0, le=1_000_000)]
"""Of a picture, in pixels: no file has more, and arithmetic cannot overflow."""


class PixelBox(NamedTuple):
    """A rectangle in pixels from the picture's top left corner."""

    left: float
    top: float
    width: float
    height: float


def from_pixels(box: PixelBox, width: int, height: int) -> Box:
    """Turn pixels of a `width` x `height` picture into fractions, cut off at the picture's edge."""
    left, top = max(box.left, 0.0), max(box.top, 0.0)
    right, bottom = min(box.left + box.width, width), min(box.top + box.height, height)
    return Box(
        left=left / width, top=top / height, width=(right - left) / width, height=(bottom - top) / height
    )


def exact_pixels(box: Box, width: int, height: int) -> PixelBox:
    """Turn fractions into pixels, whole ones where the box was drawn on whole ones."""
    sides = (box.left * width, box.top * height, box.width * width, box.height * height)
    return PixelBox(*(_whole(round(side, _DECIMALS)) for side in sides))


def _whole(side: float) -> float:
    return int(side) if side.is_integer() else side


def to_pixels(box: Box, width: int, height: int) -> PixelBox:
    """Turn fractions into whole pixels, at least one pixel each way and inside the picture.

    Edges are rounded, not sizes, so that two boxes that touch still touch.
    """
    left = min(round(box.left * width), width - 1)
    top = min(round(box.top * height), height - 1)
    right = max(min(round((box.left + box.width) * width), width), left + 1)
    bottom = max(min(round((box.top + box.height) * height), height), top + 1)
    return PixelBox(left, top, right - left, bottom - top)


def fault(box: PixelBox, width: int, height: int, *, slack: float) -> str | None:
    """Say what is wrong with a box, or return None.

    `slack` is how many pixels it may reach over the edge: drawing tools round to the far side of a pixel.
    """
    if not all(map(math.isfinite, box)):
        return "a box has a side that is no number"
    if box.width <= 0 or box.height <= 0:
        return f"a box is {box.width:g} x {box.height:g} pixels"
    if (
        box.left < -slack
        or box.top < -slack
        or box.left + box.width > width + slack
        or box.top + box.height > height + slack
        or box.left >= width
        or box.top >= height
    ):
        return (
            f"a box of {box.width:g} x {box.height:g} pixels at {box.left:g}, {box.top:g} "
            f"lies outside the picture of {width} x {height}"
        )
    return None
