"""Logos put into pictures by chance, each plain to see.

What is labeled is the exact box of a logo's own ink: the projected outline of its artwork, before anything
stands in front of it, and without its board.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.detector.compose import compose, random_look
from benchmarks.detector.logos import Artwork
from benchmarks.detector.occlusion import occlude
from benchmarks.detector.rendering import Rendering
from benchmarks.detector.sheets import Edges, Sheet, bounds, moved, near, on_board, random_turn, turned
from brandlens.results import Box
from local.demo.compositing import Picture
from local.demo.geometry import Matrix, fraction_box, project

SHORTEST, LONGEST = 24, 420  # pixels of a box's longest side
THINNEST = 12  # pixels of an upright box's shorter side: below, no person reads a word
_TRIES = 60
_BOARDS = 0.6  # share of logos that stand on a board of their own
_OCCLUDED = 0.2  # share of logos that something stands in front of
_MARGIN = 2  # pixels between a box and the picture's edge


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

    Its box lies wholly inside, its longest side log-uniform from SHORTEST to LONGEST pixels, or from what
    makes it THINNEST pixels thin. Returns None when chance found no place where a human would see it.
    """
    height, width = picture.shape[:2]
    shorter, longer = sorted(artwork.opacity.shape)
    least = max(SHORTEST, THINNEST * longer / shorter)
    longest = float(np.exp(rng.uniform(np.log(least), np.log(LONGEST))))
    for _ in range(_TRIES):
        sheet = on_board(artwork, rng) if rng.random() < _BOARDS else Sheet(artwork, None, (0.0, 0.0))
        plane = _pose(artwork, longest, (width, height), rng)
        ink, reach = bounds(project(plane, artwork.outline)), bounds(project(plane, sheet.corners()))
        if any(near(reach, other) for other in taken):
            continue
        composed = compose(picture, sheet, plane, longest, random_look(longest, rng), rendering)
        if not composed.stands_out():
            continue
        scene = picture.copy()
        composed.paint(picture)
        if rng.random() < _OCCLUDED:
            occlude(picture, scene, ink, rng)
        return Placed(artwork.label, fraction_box(*ink, width, height), reach)
    return None


def _pose(artwork: Artwork, longest: float, size: tuple[int, int], rng: np.random.Generator) -> Matrix:
    """Return a map from the artwork's pixels to a picture's; the ink's box is `longest` long and inside."""
    plane = turned(artwork, random_turn(rng))
    left, top, right, bottom = bounds(project(plane, artwork.outline))
    scale = longest / max(right - left, bottom - top)
    room = (size[0] - scale * (right - left) - _MARGIN, size[1] - scale * (bottom - top) - _MARGIN)
    x, y = rng.uniform(_MARGIN, room)
    return moved(plane, scale, (x - scale * left, y - scale * top))
