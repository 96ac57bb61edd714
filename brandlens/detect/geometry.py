"""Rectangles as arrays: overlap and non-maximum suppression.

Boxes are float arrays n x 4 of left, top, right, bottom, in any one unit.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def areas(boxes: Floats) -> Floats:
    """Return the area of each of n x 4 boxes, naught for those turned inside out."""
    sides = np.clip(boxes[:, 2:] - boxes[:, :2], 0, None)
    return np.asarray(sides[:, 0] * sides[:, 1], dtype=np.float32)


def intersections(a: Floats, b: Floats) -> Floats:
    """Return the n x m areas that n and m boxes share."""
    top_left = np.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = np.minimum(a[:, None, 2:], b[None, :, 2:])
    sides = np.clip(bottom_right - top_left, 0, None)
    return np.asarray(sides[..., 0] * sides[..., 1], dtype=np.float32)


def overlaps(a: Floats, b: Floats) -> Floats:
    """Return the n x m intersections over unions; naught where both boxes are empty."""
    shared = intersections(a, b)
    union = areas(a)[:, None] + areas(b)[None, :] - shared
    return np.asarray(shared / np.maximum(union, np.finfo(np.float32).tiny), dtype=np.float32)


def suppress(boxes: Floats, scores: Floats, *, limit: float) -> npt.NDArray[np.intp]:
    """Greedy non-maximum suppression: indices to keep, best score first.

    A box is dropped when it overlaps a kept, better one by more than `limit` (intersection over union). Ties
    go to the earlier box.
    """
    order = np.argsort(-scores, kind="stable")
    kept = []
    while order.size:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[overlaps(boxes[best : best + 1], boxes[order])[0] <= limit]
    return np.asarray(kept, dtype=np.intp)
