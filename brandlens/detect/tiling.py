"""Cuts a large picture into tiles that overlap, so that memory does not grow with the picture."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from brandlens.detect.geometry import Floats

MOST_PIXELS = 1280 * 960
"""Pixels of a tile without its overlap: 200 MiB of memory in the network as floats, 110 in 8 bits."""
CONTEXT = 32
"""Pixels around a box that the network should see of its surroundings."""
GRID = 16
"""Tiles begin at multiples of this many pixels, so that the cells of neighbours coincide."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What is seen, left, top, right and bottom in pixels, and the part of it to answer for.

    Parts share no point and cover the plane: those at a picture's edge reach to infinity.
    """

    seen: tuple[int, int, int, int]
    part: tuple[float, float, float, float]

    def answers_for(self, boxes: Floats) -> npt.NDArray[np.bool_]:
        """Tell which of n x 4 boxes have their middle in this tile's part."""
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2
        left, top, right, bottom = self.part
        return np.asarray(((middles >= [left, top]) & (middles < [right, bottom])).all(axis=1))


def tiles(width: int, height: int, *, reach: float) -> list[Tile]:
    """Cut a `width` x `height` picture so that a box up to `reach` pixels long is whole in its middle's tile.

    A picture of `MOST_PIXELS` or less is one tile.
    """
    margin = math.ceil((reach / 2 + CONTEXT) / GRID) * GRID
    columns = rows = 1
    while (width / columns) * (height / rows) > MOST_PIXELS:
        if width / columns >= height / rows:
            columns += 1
        else:
            rows += 1
    return [
        Tile(
            seen=(seen_x[0], seen_y[0], seen_x[1], seen_y[1]),
            part=(part_x[0], part_y[0], part_x[1], part_y[1]),
        )
        for seen_y, part_y in _stretches(height, rows, margin)
        for seen_x, part_x in _stretches(width, columns, margin)
    ]


def _stretches(length: int, count: int, margin: int) -> list[tuple[tuple[int, int], tuple[float, float]]]:
    """Divide one axis: what each stretch sees, and the part of it to answer for."""
    inner = [round(length * number / count / GRID) * GRID for number in range(1, count)]
    seen = [(max(0, a - margin), min(length, b + margin)) for a, b in pairwise([0, *inner, length])]
    return list(zip(seen, pairwise([-math.inf, *inner, math.inf]), strict=True))
