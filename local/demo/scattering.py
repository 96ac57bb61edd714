"""Boards put into single pictures by chance, each visible enough to be labeled."""

from collections.abc import Sequence

import cv2
import numpy as np

from local.demo.brands import draw_board
from local.demo.compositing import Look, Mask, Picture, Visible, paint
from local.demo.geometry import Quad, quad

LEAST_VISIBLE = 0.6
LEAST_HEIGHT = 14  # pixels of visible ink
_TRIES = 40
_APART = 6  # pixels between two logos' boxes


def scatter(picture: Picture, labels: Sequence[str], rng: np.random.Generator) -> list[Visible]:
    """Paint a board of each of `labels` into `picture` (BGR, changed in place), never one over another.

    Every logo painted is at least `LEAST_VISIBLE` visible: what cannot be placed so is left out. A quarter of
    the boards stand behind something, and some reach out of the picture.
    """
    placed: list[Visible] = []
    taken: list[Quad] = []
    for label in labels:
        for _ in range(_TRIES):
            board = draw_board(label, _aspect(rng))
            corners = _corners(picture.shape[0], picture.shape[1], board.aspect, rng)
            if any(_near(corners, other) for other in taken):
                continue
            hidden, colour = _obstacle(picture, corners, rng) if rng.random() < 0.25 else (None, None)
            if hidden is not None and any(_covers(hidden, other) for other in taken):
                continue
            trial = picture.copy()
            visible = paint(trial, board, corners, _look(rng), rng, hidden)
            if (
                visible is None
                or visible.fraction < LEAST_VISIBLE
                or visible.box.height * picture.shape[0] < LEAST_HEIGHT
            ):
                continue
            if hidden is not None and colour is not None:
                alpha = hidden[..., None]
                trial = np.asarray(trial * (1 - alpha) + colour * alpha, np.uint8)
            picture[:] = trial
            placed.append(visible)
            taken.append(corners)
            break
    return placed


def _aspect(rng: np.random.Generator) -> float | None:
    return None if rng.random() < 0.6 else round(float(rng.uniform(1.2, 4.5)), 1)


def _corners(height: int, width: int, aspect: float, rng: np.random.Generator) -> Quad:
    """Return a board turned in space and seen through a lens of one picture width's focal length."""
    tall = height * float(np.exp(rng.uniform(np.log(0.05), np.log(0.38))))
    tall = min(tall, 0.6 * width / aspect)
    yaw, pitch, roll = np.radians(rng.normal(0, [24, 14, 7]))
    turn = (
        np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
        @ np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
        @ np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    )
    flat = np.array([[-aspect, -1, 0], [aspect, -1, 0], [aspect, 1, 0], [-aspect, 1, 0]]) * tall / 2
    turned = flat @ turn.T
    seen = turned[:, :2] * (width / (width + turned[:, 2:3]))
    centre = rng.uniform([0.08, 0.08], [0.92, 0.92]) * [width, height]
    return quad([(float(x), float(y)) for x, y in seen + centre])


def _near(one: Quad, other: Quad) -> bool:
    return bool(
        (one.min(axis=0) < other.max(axis=0) + _APART).all()
        and (other.min(axis=0) < one.max(axis=0) + _APART).all()
    )


def _covers(hidden: Mask, corners: Quad) -> bool:
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int) - _APART, 0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + _APART
    return bool((hidden[top:bottom, left:right] > 0.05).any())


def _look(rng: np.random.Generator) -> Look:
    motion = tuple(float(v) for v in rng.normal(0, 2.5, 2)) if rng.random() < 0.3 else (0.0, 0.0)
    return Look(
        shading=float(rng.uniform(0.2, 0.9)),
        texture=float(rng.uniform(0, 0.45)),
        haze=float(rng.uniform(0.02, 0.18)),
        blur=float(rng.uniform(0.4, 1.5)),
        motion=(motion[0], motion[1]),
        grain=float(rng.uniform(1, 4)),
        shadow=float(rng.uniform(0, 0.4)),
    )


def _obstacle(picture: Picture, corners: Quad, rng: np.random.Generator) -> tuple[Mask, np.ndarray]:
    """Return a soft post or beam across part of the board, and a dark colour of the scene to paint it in."""
    height, width = picture.shape[:2]
    low, high = corners.min(axis=0), corners.max(axis=0)
    through = rng.uniform(low, high)
    angle = rng.normal(np.pi / 2, 0.5)
    reach = np.array([np.cos(angle), np.sin(angle)]) * (width + height)
    mask = np.zeros((height, width), np.float32)
    thickness = max(3, int(rng.uniform(0.06, 0.22) * (high - low).max()))
    ends = [tuple(int(v) for v in through + side * reach) for side in (-1, 1)]
    cv2.line(mask, ends[0], ends[1], 1.0, thickness, cv2.LINE_AA)
    soft = cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(0.6, 2.5)))
    x, y = (int(np.clip(v, 0, limit - 1)) for v, limit in zip(through, (width, height), strict=True))
    return np.asarray(soft, np.float32), picture[y, x].astype(np.float32) * float(rng.uniform(0.25, 0.8))
