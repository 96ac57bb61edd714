"""One board's time in a shot: when it is there, how it moves, and where its logo's box is in every frame."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from benchmarks.detector.backgrounds import HEIGHT, WIDTH
from benchmarks.detector.compose import Look, compose, random_look
from benchmarks.detector.logos import Artwork
from benchmarks.detector.placing import SHORTEST, THINNEST
from benchmarks.detector.rendering import TESTED
from benchmarks.detector.sheets import Edges, Sheet, bounds, moved, near, on_board, random_turn, turned
from local.demo.compositing import Picture
from local.demo.geometry import Matrix, project

_LEAST_FRAMES = 40
_SLIDE = 8  # frames that a board takes to slide in or out
_SLIDING = 0.3  # share of boards that slide in, and of those that slide out
_SMALLEST, _LARGEST = 40, 380  # pixels of a box's longest side
_OPEN = 0.4  # share of a frame's time for which the shutter is open
_TRIES = 50
_WHOLE = 0.5  # share of boards that are there for the whole shot


@dataclass(frozen=True, eq=False)
class Appearance:
    """A board shown in `frames` of a shot, moving evenly and swaying.

    Attributes
    ----------
    starts, ends
        Centre x and y in pixels and length in pixels at its first and its last frame.
    turn, sway
        Yaw, pitch and roll in radians, and by how much they change there and back.
    slides_in, slides_out
        Whether it comes from, or leaves to, below the picture.
    """

    sheet: Sheet
    frames: range
    starts: npt.NDArray[np.float64]
    ends: npt.NDArray[np.float64]
    turn: npt.NDArray[np.float64]
    sway: npt.NDArray[np.float64]
    slides_in: bool
    slides_out: bool
    look: Look

    @property
    def label(self) -> str:
        """The logo's name."""
        return self.sheet.artwork.label

    def plane(self, number: int) -> Matrix:
        """Return the map from the artwork's pixels to those of the shot's frame `number`."""
        since, until = number - self.frames.start, self.frames.stop - 1 - number
        x, y, longest = self.starts + (self.ends - self.starts) * since / max(1, since + until)
        if self.slides_in and since < _SLIDE:
            y += (1 - since / _SLIDE) * HEIGHT
        if self.slides_out and until < _SLIDE:
            y += (1 - until / _SLIDE) * HEIGHT
        view = turned(self.sheet.artwork, self.turn + self.sway * np.sin(2 * np.pi * since / 60))
        left, top, right, bottom = bounds(project(view, self.sheet.artwork.outline))
        scale = longest / max(right - left, bottom - top)
        return moved(view, scale, (x - scale * (left + right) / 2, y - scale * (top + bottom) / 2))

    def box(self, number: int) -> Edges:
        """Return the edges, in pixels, of the logo's ink in the shot's frame `number`."""
        return bounds(project(self.plane(number), self.sheet.artwork.outline))

    def counts(self, number: int) -> bool:
        """Tell whether the logo is on screen by the benchmark's rule: one that a person could read.

        It is wholly inside, as large as a labeled frame's logos are at least, and smeared over less than half
        its shorter side.
        """
        left, top, right, bottom = self.box(number)
        inside = left >= 0 and top >= 0 and right <= WIDTH and bottom <= HEIGHT
        shorter, longer = sorted((right - left, bottom - top))
        sharp = math.hypot(*self._smear(number)) < shorter / 2
        return inside and longer >= SHORTEST and shorter >= THINNEST and sharp

    @property
    def settled(self) -> range:
        """The frames in which it neither slides in nor out."""
        first, stop = self.frames.start, self.frames.stop
        return range(first + _SLIDE * self.slides_in, stop - _SLIDE * self.slides_out)

    @cached_property
    def path(self) -> Edges:
        """The edges, in pixels, of all the board passes over, sliding in and out as well."""
        corners = self.sheet.corners()
        kept = [bounds(project(self.plane(number), corners)) for number in self.frames]
        lows, highs = np.min(kept, axis=0), np.max(kept, axis=0)
        return float(lows[0]), float(lows[1]), float(highs[2]), float(highs[3])

    def paint(self, picture: Picture, number: int) -> None:
        """Paint the board into the shot's frame `number`, if it is there."""
        if number not in self.frames:
            return
        look = replace(self.look, smear=self._smear(number))
        composed = compose(picture, self.sheet, self.plane(number), self.longest(number), look, TESTED)
        composed.paint(picture)

    def _smear(self, number: int) -> tuple[float, float]:
        """Return how far it moves, in pixels right and down, while the shutter is open."""
        step = np.subtract(self.box(number + 1), self.box(number)) * _OPEN
        return float(step[0]), float(step[1])

    def longest(self, number: int) -> float:
        """Return the longest side of the logo's box, in pixels."""
        left, top, right, bottom = self.box(number)
        return max(right - left, bottom - top)


def appear(
    artwork: Artwork, length: int, others: Sequence[Appearance], rng: np.random.Generator
) -> Appearance | None:
    """Return an appearance of a logo within a shot of `length` frames, clear of `others` all the way.

    Returns None when chance found no way across the picture.
    """
    grey = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    for _ in range(_TRIES):
        longest = float(np.exp(rng.uniform(np.log(_SMALLEST), np.log(_LARGEST))))
        shown = length if rng.random() < _WHOLE else int(rng.integers(min(_LEAST_FRAMES, length), length + 1))
        first = int(rng.integers(length - shown + 1))
        centre = rng.uniform((0, 0), (WIDTH, HEIGHT))
        shift = rng.normal(0, shown * 1.5, 2)
        may_slide = shown >= 5 * _SLIDE
        one = Appearance(
            sheet=on_board(artwork, rng),
            frames=range(first, first + shown),
            starts=np.array([*centre, longest]),
            ends=np.array([*(centre + shift), min(_LARGEST, longest * rng.uniform(0.8, 1.3))]),
            turn=random_turn(rng),
            sway=rng.normal(0, np.radians([5.0, 3.0, 1.5])),
            slides_in=may_slide and bool(rng.random() < _SLIDING),
            slides_out=may_slide and bool(rng.random() < _SLIDING),
            look=random_look(longest, rng),
        )
        whole = all(one.counts(number) for number in one.settled)
        if not whole or any(near(one.path, other.path) for other in others):
            continue
        middle = one.settled[len(one.settled) // 2]
        plane, size = one.plane(middle), one.longest(middle)
        if compose(grey, one.sheet, plane, size, one.look, TESTED).stands_out():
            return one
    return None
