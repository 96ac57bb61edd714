"""Planes in pictures: quadrilaterals, the homographies between them, and boxes in fractions."""

from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from brandlens.results import Box

Matrix: TypeAlias = npt.NDArray[np.float64]
"""A 3x3 homography."""
Quad: TypeAlias = npt.NDArray[np.float64]
"""Four corners (x, y) in pixels: top left, top right, bottom right, bottom left. Shape (4, 2)."""


def quad(corners: Sequence[tuple[float, float]]) -> Quad:
    """Return four (x, y) corners as a Quad."""
    return np.asarray(corners, dtype=np.float64).reshape(4, 2)


def rectangle(left: float, top: float, right: float, bottom: float) -> Quad:
    """Return an upright rectangle as a Quad."""
    return quad([(left, top), (right, top), (right, bottom), (left, bottom)])


def homography(source: Quad, target: Quad) -> Matrix:
    """Return the plane-to-plane map that carries the corners of `source` to those of `target`."""
    found = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    return np.asarray(found, dtype=np.float64)


def project(matrix: Matrix, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Carry points of shape (n, 2) through a homography."""
    lifted = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(lifted[:, :2] / lifted[:, 2:3])


def strips(board: Quad, count: int) -> list[Quad]:
    """Cut a board into `count` boards of equal width on its own plane, from left to right.

    Neighbours overlap by a fiftieth of their width, so that no scene shows between them once blurred.
    """
    plane = homography(rectangle(0, 0, count, 1), board)
    lap = 0.01 if count > 1 else 0.0
    return [project(plane, rectangle(k - lap, 0, k + 1 + lap, 1)) for k in range(count)]


def zoom(scale: float, left: float, top: float) -> Matrix:
    """Return the view that enlarges by `scale` and then shows what begins at (left, top)."""
    return np.array([[scale, 0, -left], [0, scale, -top], [0, 0, 1]], dtype=np.float64)


def mirror(width: float) -> Matrix:
    """Return the left-right mirror of a picture `width` pixels wide."""
    return np.array([[-1, 0, width - 1], [0, 1, 0], [0, 0, 1]], dtype=np.float64)


def height_of(board: Quad) -> float:
    """Return the mean length of a board's two sides, in pixels."""
    return float(np.linalg.norm(board[3] - board[0]) + np.linalg.norm(board[2] - board[1])) / 2


def fraction_box(left: float, top: float, right: float, bottom: float, width: int, height: int) -> Box:
    """Return pixel edges as a box in fractions of a picture of `width` x `height`."""
    return Box(
        left=left / width, top=top / height, width=(right - left) / width, height=(bottom - top) / height
    )
