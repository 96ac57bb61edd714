"""The emblems of the invented brands, each drawn in a unit square."""

import math
from collections.abc import Callable

from PIL import Image, ImageDraw

from local.demo.lettering import Colour

Palette = tuple[Colour, Colour]
Mark = Callable[[ImageDraw.ImageDraw, float, Palette], None]

SUPERSAMPLING = 4
CLEAR = (0, 0, 0, 0)


def draw_mark(mark: Mark, size: int, palette: Palette) -> Image.Image:
    """Return `mark` as an RGBA square of `size` pixels, in the two colours of `palette`."""
    side = size * SUPERSAMPLING
    canvas = Image.new("RGBA", (side, side), (*palette[0], 0))
    mark(ImageDraw.Draw(canvas), float(side), palette)
    return canvas.resize((size, size), Image.Resampling.LANCZOS)


def _scaled(points: list[tuple[float, float]], side: float) -> list[tuple[float, float]]:
    return [(x * side, y * side) for x, y in points]


def wave(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """A disc cut by two swells."""
    pen.ellipse((0, 0, side - 1, side - 1), fill=palette[0])
    for level, colour in ((0.52, palette[1]), (0.74, CLEAR)):
        crest = [(x / 60, level + 0.075 * math.sin(x / 60 * 2 * math.pi + 9 * level)) for x in range(61)]
        back = [(x, y + 0.11) for x, y in reversed(crest)]
        pen.polygon(_scaled(crest + back, side), fill=colour)


def wing(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """Three feathers swept to one point."""
    for step in range(3):
        top, reach = 0.08 + 0.27 * step, 1.0 - 0.2 * step
        feather = [(0.0, top), (reach, top + 0.02), (reach - 0.3, top + 0.24), (0.22, top + 0.24)]
        pen.polygon(_scaled(feather, side), fill=palette[0] if step != 1 else palette[1])


def hexagon(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """A hexagon with an H left open in it."""
    corners = [
        (
            0.5 + 0.5 * math.cos(math.pi / 6 + k * math.pi / 3),
            0.5 + 0.5 * math.sin(math.pi / 6 + k * math.pi / 3),
        )
        for k in range(6)
    ]
    pen.polygon(_scaled(corners, side), fill=palette[0])
    for left, top, right, bottom in (
        (0.3, 0.26, 0.42, 0.74),
        (0.58, 0.26, 0.7, 0.74),
        (0.4, 0.44, 0.6, 0.56),
    ):
        pen.rectangle((left * side, top * side, right * side, bottom * side), fill=palette[1])


def orbit(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """A thick ring, open above, with a planet in the gap."""
    inset = 0.05 * side
    pen.arc((inset, inset, side - inset, side - inset), -20, 280, fill=palette[0], width=round(0.19 * side))
    pen.ellipse((0.62 * side, 0.02 * side, 0.94 * side, 0.34 * side), fill=palette[1])
    pen.ellipse((0.38 * side, 0.38 * side, 0.62 * side, 0.62 * side), fill=palette[0])


def leaves(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """Two leaves on one stem."""
    for sign, colour in ((-1, palette[0]), (1, palette[1])):
        leaf = [
            (0.5 + sign * 0.5 * t / 20, 0.95 - 0.85 * t / 20 - 0.1 * math.sin(t / 20 * math.pi))
            for t in range(21)
        ]
        edge = [(0.5 + sign * (0.5 * t / 20), 0.95 - 0.85 * (t / 20) ** 2.6) for t in range(20, -1, -1)]
        pen.polygon(_scaled(leaf + edge, side), fill=colour)


def sunrise(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """Half a sun with seven rays."""
    for ray in range(7):
        angle = math.pi * (ray + 0.5) / 7
        spread = math.pi / 24
        corners = [
            (0.5 + radius * math.cos(a), 0.86 - radius * math.sin(a))
            for radius, a in (
                (0.36, angle - spread),
                (0.5, angle - spread * 0.8),
                (0.5, angle + spread * 0.8),
                (0.36, angle + spread),
            )
        ]
        corners = [(0.5 + (x - 0.5) * 1.0, 0.86 - (0.86 - y) * 1.55) for x, y in corners]
        pen.polygon(_scaled(corners, side), fill=palette[0])
    pen.pieslice((0.2 * side, 0.5 * side, 0.8 * side, 1.22 * side), 180, 360, fill=palette[1])


def triangles(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """Two peaks, one before the other."""
    pen.polygon(_scaled([(0.0, 0.95), (0.38, 0.1), (0.76, 0.95)], side), fill=palette[0])
    pen.polygon(_scaled([(0.4, 0.95), (0.7, 0.4), (1.0, 0.95)], side), fill=palette[1])


def beads(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """Three beads in a row, growing."""
    for centre, radius, colour in (
        (0.13, 0.12, palette[0]),
        (0.42, 0.17, palette[1]),
        (0.79, 0.21, palette[0]),
    ):
        pen.ellipse(
            (
                (centre - radius) * side,
                (0.5 - radius) * side,
                (centre + radius) * side,
                (0.5 + radius) * side,
            ),
            fill=colour,
        )


def bracket(pen: ImageDraw.ImageDraw, side: float, palette: Palette) -> None:
    """A square corner around a dot."""
    pen.polygon(
        _scaled([(0.05, 0.05), (0.95, 0.05), (0.95, 0.27), (0.27, 0.27), (0.27, 0.95), (0.05, 0.95)], side),
        fill=palette[0],
    )
    pen.ellipse((0.48 * side, 0.48 * side, 0.92 * side, 0.92 * side), fill=palette[1])
