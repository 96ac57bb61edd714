"""Flat things seen in space: a logo, alone or on a plate of its own, and how it is turned and moved."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from benchmarks.detector.logos import Artwork
from local.demo.geometry import Matrix, Quad, homography, rectangle

Edges: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""

_APART = 8  # pixels between what belongs to two logos
_TURN = np.radians([24.0, 14.0, 6.0])  # standard deviations of yaw, pitch and roll
_FURTHEST_TURN = np.radians([48.0, 28.0, 15.0])


@dataclass(frozen=True, eq=False)
class Sheet:
    """A flat thing to be seen in space: its artwork and the plate it is printed on, None for none.

    `margin` is the plate's reach beyond the artwork in the artwork's pixels, (x, y); `plate` a BGR colour.
    """

    artwork: Artwork
    plate: tuple[float, float, float] | None
    margin: tuple[float, float]

    def corners(self) -> Quad:
        """Return the corners of all of it, in the artwork's pixels."""
        (height, width), (x, y) = self.artwork.opacity.shape, self.margin
        return rectangle(-x, -y, width + x, height + y)


def on_board(artwork: Artwork, rng: np.random.Generator) -> Sheet:
    """Return a logo on a plate of some colour and margin."""
    margin = rng.uniform(0.12, 0.5, 2) * min(artwork.opacity.shape)
    return Sheet(artwork, _plate_colour(rng), (float(margin[0]), float(margin[1])))


def _plate_colour(rng: np.random.Generator) -> tuple[float, float, float]:
    """Return a board's colour: white or nearly, nearly black, or any."""
    kind = rng.random()
    if kind < 0.4:
        return tuple(float(v) for v in rng.uniform(225, 256, 3))  # type: ignore[return-value]
    if kind < 0.55:
        return tuple(float(v) for v in rng.uniform(8, 45, 3))  # type: ignore[return-value]
    return tuple(float(v) for v in rng.uniform(10, 250, 3))  # type: ignore[return-value]


def random_turn(rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Return yaw, pitch and roll in radians; roll is at most 15 degrees."""
    return np.clip(rng.normal(0, _TURN), -_FURTHEST_TURN, _FURTHEST_TURN)


def turned(artwork: Artwork, angles: npt.NDArray[np.float64]) -> Matrix:
    """Return the map from an artwork's pixels to its view, turned by yaw, pitch and roll, from three of its
    lengths away; its middle is the view's origin."""
    yaw, pitch, roll = angles
    height, width = artwork.opacity.shape
    turn = (
        np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
        @ np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
        @ np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    )
    flat = rectangle(-width / 2, -height / 2, width / 2, height / 2)
    seen = np.column_stack([flat, np.zeros(4)]) @ turn.T
    distance = 3.0 * max(width, height)
    return homography(rectangle(0, 0, width, height), seen[:, :2] * distance / (distance + seen[:, 2:]))


def moved(plane: Matrix, scale: float, shift: tuple[float, float]) -> Matrix:
    """Return `plane` seen `scale` times as large and then shifted by (x, y) pixels."""
    return np.array([[scale, 0, shift[0]], [0, scale, shift[1]], [0, 0, 1]]) @ plane


def bounds(points: npt.NDArray[np.float64]) -> Edges:
    """Return left, top, right and bottom of points (n x 2)."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def near(one: Edges, other: Edges) -> bool:
    """Tell whether two things touch, or nearly so."""
    return (
        one[0] < other[2] + _APART and other[0] < one[2] + _APART
        and one[1] < other[3] + _APART and other[1] < one[3] + _APART
    )  # fmt: skip
