"""Logos put into pictures as cameras meet them: turned, lit, blurred, on a board or straight on the scene.

What is labeled is the exact box of a logo's own ink: the projected outline of its artwork, before anything
stands in front of it, and without its board.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.detector.logos import Artwork
from benchmarks.detector.occlusion import occlude
from benchmarks.detector.rendering import Rendering
from brandlens.results import Box
from local.demo.compositing import Picture, smeared
from local.demo.geometry import Matrix, Quad, fraction_box, homography, project, rectangle

SHORTEST, LONGEST = 24, 420  # pixels of a box's longest side
_TRIES = 60
_APART = 8  # pixels between what belongs to two logos
_BOARDS = 0.6  # share of logos that stand on a board of their own
_OCCLUDED = 0.2  # share of logos that something stands in front of
_PLAIN = 24.0  # colour difference at which a thing stands out plainly
_TURN = np.radians([24.0, 14.0, 6.0])  # standard deviations of yaw, pitch and roll
_FURTHEST_TURN = np.radians([48.0, 28.0, 15.0])

Layer = npt.NDArray[np.float32]
Edges = tuple[float, float, float, float]


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


@dataclass(frozen=True)
class Look:
    """How the camera sees a sheet.

    Attributes
    ----------
    gains, fall
        Light at its darkest and brightest side, and the direction (radians) in which it changes.
    tint, haze
        Shares of the scene's mean colour in the light, and in the air between.
    radius
        Of the blur out of focus, in pixels.
    smear
        What the sheet moves by while the shutter is open, (x, y) in pixels; None when it stands still.
    """

    gains: tuple[float, float]
    fall: float
    tint: float
    haze: float
    radius: float
    smear: tuple[float, float] | None


@dataclass(frozen=True)
class Placed:
    """A logo in a picture: its labeled box and the edges, in pixels, of all that belongs to it."""

    label: str
    box: Box
    reach: Edges


def place(
    picture: Picture, artwork: Artwork, taken: Sequence[Edges], rendering: Rendering, rng: np.random.Generator
) -> Placed | None:
    """Put a logo somewhere into `picture` (BGR, changed in place), clear of what is `taken`.

    Its box lies wholly inside, its longest side log-uniform from SHORTEST to LONGEST pixels. Returns None
    when chance found no place where a human would see it.
    """
    height, width = picture.shape[:2]
    longest = float(np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST))))
    for _ in range(_TRIES):
        sheet = _sheet(artwork, rng)
        plane = _pose(sheet, longest, (width, height), rng)
        if plane is None:
            continue
        ink, reach = bounds(project(plane, artwork.outline)), bounds(project(plane, sheet.corners()))
        inside = ink[0] >= 2 and ink[1] >= 2 and ink[2] <= width - 2 and ink[3] <= height - 2
        if not inside or any(_near(reach, other) for other in taken):
            continue
        trial = picture.copy()
        if not paint(trial, sheet, plane, longest, rendering, rng):
            continue
        if rng.random() < _OCCLUDED:
            occlude(trial, picture, ink, rng)
        picture[:] = trial
        return Placed(artwork.label, fraction_box(*ink, width, height), reach)
    return None


def bounds(points: npt.NDArray[np.float64]) -> Edges:
    """Return left, top, right and bottom of points (n x 2)."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _near(one: Edges, other: Edges) -> bool:
    return (
        one[0] < other[2] + _APART and other[0] < one[2] + _APART
        and one[1] < other[3] + _APART and other[1] < one[3] + _APART
    )  # fmt: skip


def _sheet(artwork: Artwork, rng: np.random.Generator) -> Sheet:
    if rng.random() >= _BOARDS:
        return Sheet(artwork, None, (0.0, 0.0))
    margin = rng.uniform(0.12, 0.5, 2) * min(artwork.opacity.shape)
    return Sheet(artwork, plate_colour(rng), (float(margin[0]), float(margin[1])))


def plate_colour(rng: np.random.Generator) -> tuple[float, float, float]:
    """Return a board's colour: white or nearly, nearly black, or any."""
    kind = rng.random()
    if kind < 0.4:
        return tuple(float(v) for v in rng.uniform(225, 256, 3))  # type: ignore[return-value]
    if kind < 0.55:
        return tuple(float(v) for v in rng.uniform(8, 45, 3))  # type: ignore[return-value]
    return tuple(float(v) for v in rng.uniform(10, 250, 3))  # type: ignore[return-value]


def _pose(sheet: Sheet, longest: float, size: tuple[int, int], rng: np.random.Generator) -> Matrix | None:
    """Return the map from the artwork's pixels to a picture's, the ink's box `longest` pixels long."""
    angles = np.clip(rng.normal(0, _TURN), -_FURTHEST_TURN, _FURTHEST_TURN)
    plane = turned(sheet.artwork, angles)
    left, top, right, bottom = bounds(project(plane, sheet.artwork.outline))
    scale = longest / max(right - left, bottom - top)
    wide, high = scale * (right - left), scale * (bottom - top)
    if wide > size[0] - 8 or high > size[1] - 8:
        return None
    x, y = rng.uniform(4, [size[0] - wide - 4, size[1] - high - 4])
    return moved(plane, scale, (x - scale * left, y - scale * top))


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


def paint(
    picture: Picture,
    sheet: Sheet,
    plane: Matrix,
    longest: float,
    rendering: Rendering,
    rng: np.random.Generator,
) -> bool:
    """Paint a sheet into `picture` (changed in place); nothing is painted and False returned when the logo
    would not stand out from what is behind it."""
    pad = 16
    height, width = picture.shape[:2]
    left, top, right, bottom = bounds(project(plane, sheet.corners()))
    x0, y0 = max(0, int(left) - pad), max(0, int(top) - pad)
    x1, y1 = min(width, int(right) + pad + 1), min(height, int(bottom) + pad + 1)
    window = np.s_[y0:y1, x0:x1]
    scene = picture[window].astype(np.float32)
    front, back, ink = _warped(sheet, moved(plane, 1, (-x0, -y0)), longest, (x1 - x0, y1 - y0), rendering)
    look = _look(longest, rng)
    seen, without = (_over(_seen(layer, scene, look, rendering), scene) for layer in (front, back))
    if not _stands_out(seen, without, ink):
        return False
    picture[window] = np.clip(seen + 0.5, 0, 255).astype(np.uint8)
    return True


def _over(layer: Layer, scene: Layer) -> Layer:
    """Lay a premultiplied BGRA layer over a scene."""
    return layer[..., :3] + scene * (1 - layer[..., 3:] / 255)


def _warped(
    sheet: Sheet, plane: Matrix, longest: float, size: tuple[int, int], rendering: Rendering
) -> tuple[Layer, Layer, Layer]:
    """Return the sheet with its artwork, the sheet without, each as premultiplied BGRA, and the ink alone."""
    artwork = sheet.artwork
    height, width = artwork.opacity.shape
    # as many pixels as will be seen, and half as many again, so that the warp neither aliases nor smears
    shrink = min(1.0, 1.5 * longest / max(width, height))
    small = (max(2, round(width * shrink)), max(2, round(height * shrink)))
    x, y = (round(margin * small[0] / width) + 1 for margin in sheet.margin)
    opacity = artwork.opacity[..., None]
    premultiplied = (artwork.colour.astype(np.uint16) * opacity // 255).astype(np.uint8)
    logo = rendering.shrink(np.dstack([premultiplied, opacity]), small)
    logo = np.pad(logo, ((y, y), (x, x), (0, 0))).astype(np.float32)
    back = np.zeros_like(logo)
    if sheet.plate is not None:
        back[1:-1, 1:-1] = (*sheet.plate, 255.0)
    front = logo + back * (1 - logo[..., 3:] / 255)
    to_small = np.array(
        [
            [width / small[0], 0, -x * width / small[0]],
            [0, height / small[1], -y * height / small[1]],
            [0, 0, 1],
        ]
    )
    # pixel centres lie at halves
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    matrix = np.linalg.inv(half) @ plane @ to_small @ half
    whole, plain, ink = (
        np.asarray(cv2.warpPerspective(layer, matrix, size, flags=rendering.warp), np.float32)
        for layer in (front, back, np.ascontiguousarray(logo[..., 3]))
    )
    return np.clip(whole, 0, 255), plain, ink


def _stands_out(front: Layer, back: Layer, ink: Layer) -> bool:
    """Tell whether every part of a logo differs from what is behind it as a human sees it.

    The measure is the colour difference CIE76 (Euclidean in Lab); 2.3 is just noticeable. The
    logo is cut into strips both ways, so that a dark word on dark is not excused by a bright emblem.
    """
    lab = [cv2.cvtColor(np.clip(layer / 255, 0, 1), cv2.COLOR_BGR2Lab) for layer in (front, back)]
    apart = np.linalg.norm(lab[0] - lab[1], axis=2) >= _PLAIN
    inked = ink >= 128
    rows, columns = np.nonzero(inked)
    if rows.size < 40:
        return False
    seen = apart[rows, columns]
    for where in (rows, columns):
        strip = (where - where.min()) * 5 // (where.max() - where.min() + 1)
        shares = np.bincount(strip, seen, minlength=5) / np.maximum(np.bincount(strip, minlength=5), 1)
        if shares.min() < 0.75:
            return False
    return bool(seen.mean() >= 0.85)


def _look(longest: float, rng: np.random.Generator) -> Look:
    smear, angle = rng.uniform(1, 1.5 + min(8.0, longest / 18)), rng.uniform(0, np.pi)
    smears = rng.random() < 0.3
    return Look(
        gains=(float(rng.uniform(0.72, 1.15)), float(rng.uniform(0.72, 1.15))),
        fall=float(rng.uniform(0, 2 * np.pi)),
        tint=float(rng.uniform(0, 0.15)),
        haze=float(rng.uniform(0, 0.1)),
        radius=float(rng.uniform(0.3, 0.5 + min(1.4, longest / 120))),
        smear=(float(smear * np.cos(angle)), float(smear * np.sin(angle))) if smears else None,
    )


def _seen(layer: Layer, scene: Layer, look: Look, rendering: Rendering) -> Layer:
    """Return a premultiplied BGRA layer as the camera sees it in the scene.

    Colours stay premultiplied by opacity, so that no blur darkens the edges.
    """
    height, width = layer.shape[:2]
    across = np.cos(look.fall) * np.linspace(-1, 1, width)[None]
    down = np.sin(look.fall) * np.linspace(-1, 1, height)[:, None]
    low, high = look.gains
    gain = (low + high) / 2 + (high - low) / 2 * (across + down) / np.sqrt(2)
    mean = scene.reshape(-1, 3).mean(axis=0)
    tint = 1 + look.tint * (mean / max(float(mean.mean()), 1) - 1)
    alpha = layer[..., 3:]
    colour = layer[..., :3] * gain[..., None] * tint * (1 - look.haze) + mean * look.haze * alpha / 255
    lit = np.dstack([np.clip(colour, 0, alpha), alpha]).astype(np.float32)
    blurred = rendering.blur(lit, look.radius)
    return blurred if look.smear is None else np.asarray(smeared(blurred, look.smear), np.float32)
