"""A sheet composed into a picture as a camera sees it: in perspective, in the scene's light, blurred."""

from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.detector.rendering import Layer, Rendering
from benchmarks.detector.sheets import Sheet, bounds, moved
from local.demo.compositing import Picture, smeared
from local.demo.geometry import Matrix, project

_PLAIN = 28.0  # colour difference at which a thing stands out plainly
_PAD = 16  # pixels around a sheet that its blur may reach


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


def random_look(longest: float, rng: np.random.Generator) -> Look:
    """Return how a logo `longest` pixels long is seen: the smaller, the less blur it bears."""
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


@dataclass(frozen=True, eq=False)
class Composed:
    """A part of a picture with a sheet in it (`seen`) and with the sheet but without its logo (`without`),
    both BGR; `ink` is the logo's opacity there, 0 to 255."""

    window: tuple[slice, slice]
    seen: Layer
    without: Layer
    ink: Layer

    def paint(self, picture: Picture) -> None:
        """Put it into the picture it was composed for."""
        picture[self.window] = np.clip(self.seen + 0.5, 0, 255).astype(np.uint8)

    def stands_out(self) -> bool:
        """Tell whether every part of a logo differs from what is behind it as a human sees it.

        The measure is the colour difference CIE76 (Euclidean in Lab); 2.3 is just noticeable. The
        logo is cut into strips both ways, so that a dark word on dark is not excused by a bright emblem.
        """
        seen, without = (
            cv2.cvtColor(np.clip(layer / 255, 0, 1), cv2.COLOR_BGR2Lab) for layer in (self.seen, self.without)
        )
        apart = np.linalg.norm(seen - without, axis=2) >= _PLAIN
        inked = self.ink >= 128
        rows, columns = np.nonzero(inked)
        if rows.size < 40:
            return False
        plain = apart[rows, columns]
        for where in (rows, columns):
            strip = (where - where.min()) * 5 // (where.max() - where.min() + 1)
            shares = np.bincount(strip, plain, minlength=5) / np.maximum(np.bincount(strip, minlength=5), 1)
            if shares.min() < 0.75:
                return False
        return bool(plain.mean() >= 0.85)


def compose(
    picture: Picture, sheet: Sheet, plane: Matrix, longest: float, look: Look, rendering: Rendering
) -> Composed:
    """Compose a sheet into `picture` (BGR, left as it is): `plane` carries the artwork's pixels to the
    picture's, where the logo is about `longest` pixels long."""
    height, width = picture.shape[:2]
    edges = np.asarray(bounds(project(plane, sheet.corners())))
    # a sheet that is out of the picture still has a window there, of one pixel
    x0, y0 = np.clip(edges[:2].astype(int) - _PAD, 0, (width - 1, height - 1)).tolist()
    x1, y1 = np.clip(edges[2:].astype(int) + _PAD, (x0 + 1, y0 + 1), (width, height)).tolist()
    window = np.s_[y0:y1, x0:x1]
    scene = picture[window].astype(np.float32)
    front, back, ink = _warped(sheet, moved(plane, 1, (-x0, -y0)), longest, (x1 - x0, y1 - y0), rendering)
    seen, without = (_over(_seen(layer, scene, look, rendering), scene) for layer in (front, back))
    return Composed(window, seen, without, ink)


def _over(layer: Layer, scene: Layer) -> Layer:
    """Lay a premultiplied BGRA layer over a scene."""
    return np.asarray(layer[..., :3] + scene * (1 - layer[..., 3:] / 255), np.float32)


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


def _seen(layer: Layer, scene: Layer, look: Look, rendering: Rendering) -> Layer:
    """Return a premultiplied BGRA layer as the camera sees it in the scene.

    Colours stay premultiplied by opacity, so that no blur darkens the edges.
    """
    height, width = layer.shape[:2]
    across = np.cos(look.fall) * np.linspace(-1, 1, width)[None]
    down = np.sin(look.fall) * np.linspace(-1, 1, height)[:, None]
    low, high = look.gains
    gain = ((low + high) / 2 + (high - low) / 2 * (across + down) / np.sqrt(2)).astype(np.float32)
    mean = scene.reshape(-1, 3).mean(axis=0)
    tint = (1 - look.haze) * (1 + look.tint * (mean / max(float(mean.mean()), 1) - 1))
    alpha = layer[..., 3:]
    colour = layer[..., :3] * gain[..., None] * tint + alpha * (mean * (look.haze / 255))
    lit = np.dstack([np.clip(colour, 0, alpha), alpha])
    blurred = rendering.blur(lit, look.radius)
    return blurred if look.smear is None else smeared(blurred, look.smear)
