"""Boards painted into pictures so that they belong: perspective, light, air, blur, grain, occlusion."""

from dataclasses import dataclass
from typing import TypeVar, cast

import cv2
import numpy as np
import numpy.typing as npt

from brandlens.results import Box
from local.demo.brands import Board
from local.demo.geometry import Quad, fraction_box, height_of, homography, project, rectangle

Picture = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.float32]
Pixels = TypeVar("Pixels", Picture, Mask)

_LIGHT_CELLS = 6  # the light on a board is the mean colour of the scene in this many cells a side
_INK_THRESHOLD = 110
_LARGEST_ROI = 4  # boards whose bounds exceed this many picture sizes pass too close to be seen


@dataclass(frozen=True)
class Look:
    """How a board sits in its scene.

    Attributes
    ----------
    shading
        0: shines by itself (LED); 1: lit wholly by the scene.
    texture
        Share of the surface's own relief that shows through (painted roofs, roads, cloth).
    haze
        Share of the scene's mean colour laid over it by the air between.
    blur
        Standard deviation of the lens blur in pixels.
    motion
        Length of the shutter's smear in pixels, (x, y).
    grain
        Standard deviation of sensor noise in grey levels.
    shadow
        Darkness of the soft shadow a standing board throws.
    """

    shading: float = 0.7
    texture: float = 0.15
    haze: float = 0.06
    blur: float = 0.6
    motion: tuple[float, float] = (0.0, 0.0)
    grain: float = 2.0
    shadow: float = 0.3


PLAIN = Look(shading=0, texture=0, haze=0, blur=0, grain=0, shadow=0)


@dataclass(frozen=True)
class Visible:
    """A logo in a picture: the tight box of its visible part in fractions, and how much of it is visible."""

    label: str
    box: Box
    fraction: float


def paint(
    picture: Picture,
    board: Board,
    corners: Quad,
    look: Look,
    rng: np.random.Generator,
    hidden: Mask | None = None,
) -> Visible | None:
    """Paint `board` into `picture` (BGR, changed in place) with its corners at `corners`.

    `hidden` (height x width, 0 to 1) is what stands before the board. Returns None when no ink is visible.
    """
    height, width = picture.shape[:2]
    margin = int(4 + 3 * look.blur + max(map(abs, look.motion)) + (12 if look.shadow else 0))
    left, top = (int(v) for v in np.floor(corners.min(axis=0)) - margin)
    right, bottom = (int(v) for v in np.ceil(corners.max(axis=0)) + margin + 1)
    too_large = right - left > _LARGEST_ROI * width or bottom - top > _LARGEST_ROI * height
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
    if too_large or x1 - x0 < 2 or y1 - y0 < 2:
        return None
    art, cover, ink = _warped(board, corners - (left, top), right - left, bottom - top)
    view = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    scene = picture[y0:y1, x0:x1].astype(np.float32)
    before = np.zeros(scene.shape[:2], np.float32) if hidden is None else hidden[y0:y1, x0:x1]
    inked = ink > _INK_THRESHOLD
    seen = inked[view] & (before < 0.5)
    if look.blur or any(look.motion):
        art, cover = _blurred(art, look), _blurred(cover, look)
    alpha = (cover[view].astype(np.float32) / 255 * (1 - before))[..., None]
    lit = _lit(art[view].astype(np.float32), scene, look)
    if look.grain:
        lit += rng.standard_normal(lit.shape[:2], np.float32)[..., None] * look.grain
    if look.shadow:
        scene *= 1 - look.shadow * _shadow(cover[view], before)[..., None]
    picture[y0:y1, x0:x1] = np.clip(scene * (1 - alpha) + lit * alpha + 0.5, 0, 255).astype(np.uint8)
    if not seen.any():
        return None
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    box = fraction_box(
        x0 + int(columns[0]),
        y0 + int(rows[0]),
        x0 + int(columns[-1]) + 1,
        y0 + int(rows[-1]) + 1,
        width,
        height,
    )
    return Visible(board.label, box, float(seen.sum() / inked.sum()))


def _warped(board: Board, corners: Quad, width: int, height: int) -> tuple[Picture, Picture, Picture]:
    """Return the board's colours, its coverage and its ink, each warped into a window of the given size."""
    shrink = min(1.0, max(0.02, 1.4 * height_of(corners) / board.height))
    art, ink = board.pixels(shrink)
    # one pixel of margin, so that the board's edges are interpolated rather than cut
    art = np.asarray(cv2.copyMakeBorder(art, 2, 2, 2, 2, cv2.BORDER_REPLICATE), np.uint8)
    ink = np.asarray(cv2.copyMakeBorder(ink, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0), np.uint8)
    cover = np.zeros(ink.shape, np.uint8)
    cover[2:-2, 2:-2] = 255
    rows, columns = ink.shape
    matrix = homography(rectangle(1.5, 1.5, columns - 2.5, rows - 2.5), corners)
    outer = project(matrix, rectangle(0, 0, columns - 1, rows - 1))
    if not np.isfinite(outer).all():
        return np.zeros((height, width, 3), np.uint8), *(np.zeros((2, height, width), np.uint8))
    size = (width, height)
    return (
        np.asarray(
            cv2.warpPerspective(art, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
            np.uint8,
        ),
        np.asarray(cv2.warpPerspective(cover, matrix, size, flags=cv2.INTER_LINEAR), np.uint8),
        np.asarray(cv2.warpPerspective(ink, matrix, size, flags=cv2.INTER_LINEAR), np.uint8),
    )


def _blurred(picture: Picture, look: Look) -> Picture:
    if look.blur:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), look.blur), np.uint8)
    length = round(float(np.hypot(*look.motion)))
    if length > 1:
        picture = smeared(picture, look.motion)
    return picture


def smeared(picture: Pixels, motion: tuple[float, float]) -> Pixels:
    """Return `picture` as a shutter open while it moves by `motion` pixels sees it."""
    length = max(1, round(float(np.hypot(*motion))))
    kernel = np.zeros((length | 1, length | 1), np.float32)
    middle = (length | 1) // 2
    direction = np.asarray(motion) / (np.hypot(*motion) or 1)
    start, end = (np.round(middle + side * direction * length / 2).astype(int).tolist() for side in (-1, 1))
    cv2.line(kernel, start, end, 1.0, 1)
    return cast("Pixels", np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), picture.dtype))


def _lit(art: Mask, scene: Mask, look: Look) -> Mask:
    """Return the board's colours under the scene's light, relief and air."""
    if not (look.shading or look.texture or look.haze):
        return art
    cells = cv2.resize(scene, (_LIGHT_CELLS, _LIGHT_CELLS), interpolation=cv2.INTER_AREA)
    size = (scene.shape[1], scene.shape[0])
    light = np.asarray(cv2.resize(cells, size, interpolation=cv2.INTER_LINEAR), np.float32)
    mean = scene.reshape(-1, 3).mean(axis=0)
    level = (0.5 * light.mean(axis=2, keepdims=True) + 0.5 * float(mean.mean())) / 118
    tint = 1 + 0.35 * (mean / max(float(mean.mean()), 1) - 1)
    lit = art * (1 + look.shading * (np.clip(level * tint, 0.3, 1.15) - 1))
    relief = (scene - light).mean(axis=2, keepdims=True)
    lit = lit * (1 + look.texture * np.clip(relief / 40, -0.8, 0.8))
    return np.asarray(lit * (1 - look.haze) + mean * look.haze, np.float32)


def _shadow(cover: Picture, before: Mask) -> Mask:
    moved = np.roll(np.roll(cover, 5, axis=0), 3, axis=1)
    soft = np.asarray(cv2.GaussianBlur(moved, (0, 0), 3), np.float32) / np.float32(255)
    return np.asarray(soft * (1 - before), np.float32)
