"""Between boxes and the grid the network answers on: learning targets one way, detections the other.

The grid has one cell per `STRIDE` x `STRIDE` pixels. In each cell the network gives, per label, how likely
the middle of a logo lies there, and once the distances in pixels from the cell's middle to the four sides.
The targets are those of TTFNet (Liu et al., "Training-Time-Friendly Network for Real-Time Object Detection",
https://arxiv.org/abs/1909.00700): Gaussians as wide and as high as the box demands, and regression weighted
by them, so that more than one cell per box teaches.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brandlens.detect.geometry import Floats

STRIDE = 8
SPREAD = 0.09
"""Standard deviation of the Gaussian in widths and heights of the box (TTFNet's alpha 0.54 / 6)."""
LEAST_SPREAD = 2.8
"""The same in pixels, for boxes so small that a Gaussian would vanish between cells."""
FAINTEST = 0.01
"""Cells where the Gaussian is below this do not take part in the regression."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What the network should answer for one picture of h x w cells.

    `heat` labels x h x w in 0 to 1, exactly 1 in the cell of a box's middle; `sides` 4 x h x w, the box to be
    found in each cell as left, top, right, bottom in pixels; `weight` h x w, how much each cell's box counts;
    `asked` h x w, 0 where the answer is left open.
    """

    heat: Floats
    sides: Floats
    weight: Floats
    asked: Floats


def cell_middles(height: int, width: int) -> tuple[Floats, Floats]:
    """Return the x (w) and y (h) coordinates of cell middles, in pixels."""
    middle = STRIDE / 2
    return (
        (np.arange(width) * STRIDE + middle).astype(np.float32),
        (np.arange(height) * STRIDE + middle).astype(np.float32),
    )


def encode(
    boxes: Floats, labels: Sequence[int], open_boxes: Floats, *, height: int, width: int, label_count: int
) -> Targets:
    """Draw the targets for a picture of `height` x `width` cells.

    Parameters
    ----------
    boxes
        n x 4, left, top, right, bottom in pixels, middles inside the picture.
    labels
        Index of each box's label.
    open_boxes
        m x 4, areas where nothing is asked: logos cut off by the edge, or of a size learned elsewhere.
    """
    heat = np.zeros((label_count, height, width), np.float32)
    sides = np.zeros((4, height, width), np.float32)
    weight = np.zeros((height, width), np.float32)
    asked = np.ones((height, width), np.float32)
    xs, ys = cell_middles(height, width)
    for left, top, right, bottom in open_boxes:
        inside = ((ys >= top) & (ys <= bottom))[:, None] & ((xs >= left) & (xs <= right))[None, :]
        asked[inside] = 0
    # Large boxes first: where two overlap the smaller one owns the cells, else it would have none.
    box_areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    for index in np.argsort(-box_areas, kind="stable"):
        left, top, right, bottom = boxes[index]
        column = min(int((left + right) / 2 // STRIDE), width - 1)
        row = min(int((top + bottom) / 2 // STRIDE), height - 1)
        across = _bell(xs - xs[column], right - left)
        down = _bell(ys - ys[row], bottom - top)
        bell = down[:, None] * across[None, :]
        heat[labels[index]] = np.maximum(heat[labels[index]], bell)
        owned = bell > FAINTEST
        sides[:, owned] = boxes[index][:, None]
        weight[owned] = (bell * np.log1p(box_areas[index]) / bell.sum())[owned]
        asked[owned] = 1
    return Targets(heat, sides, weight, asked)


def _bell(offsets: Floats, side: float) -> Floats:
    spread = max(SPREAD * float(side), LEAST_SPREAD)
    return np.asarray(np.exp(-0.5 * (offsets / spread) ** 2), dtype=np.float32)


def decode(
    peaks: Floats, distances: Floats, thresholds: Floats
) -> tuple[Floats, npt.NDArray[np.intp], Floats]:
    """Read boxes off the network's answer.

    Parameters
    ----------
    peaks
        labels x h x w, 0 to 1, cells that are not the highest among their neighbours set to 0.
    distances
        4 x h x w, pixels from the cell's middle to the left, top, right and bottom side.
    thresholds
        Per label, the least score read.

    Returns
    -------
    Boxes n x 4 (left, top, right, bottom in pixels), label index and score of each.
    """
    labels, rows, columns = np.nonzero(peaks >= thresholds[:, None, None])
    xs, ys = cell_middles(*peaks.shape[1:])
    left, top, right, bottom = distances[:, rows, columns]
    x, y = xs[columns], ys[rows]
    boxes = np.stack([x - left, y - top, x + right, y + bottom], axis=1).astype(np.float32)
    return boxes, labels, peaks[labels, rows, columns]
