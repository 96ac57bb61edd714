"""Remembers what was taken for a logo and is none, so that training looks at it again: hard negatives."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST = 400
"""False finds remembered; the strongest stay."""
LEAST_SCORE = 0.1
"""Network score from which a find counts; below, the network knows better already."""
SAME_PLACE = 32.0
"""Pixels of the picture: finds whose middles fall into one square of this side are one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A box (left, top, right, bottom in pixels) in picture number `picture`."""

    picture: int
    box: tuple[float, float, float, float]

    @property
    def middle(self) -> tuple[float, float]:
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2


class FalseFinds:
    """The strongest false finds, each with the score it had when last looked at."""

    def __init__(self) -> None:
        self._scores: dict[tuple[int, int, int], tuple[float, Place]] = {}

    def __len__(self) -> int:
        return len(self._scores)

    def remember(self, place: Place, score: float) -> None:
        """Note the score seen at a place now; a place that no longer fools anybody is forgotten."""
        key = _key(place)
        self._scores.pop(key, None)
        if score < LEAST_SCORE:
            return
        self._scores[key] = (score, place)
        if len(self._scores) > MOST:
            del self._scores[min(self._scores, key=lambda known: self._scores[known][0])]

    def draw(self, chance: np.random.Generator) -> Place | None:
        """Pick a place, the more often the higher its score; None while there is none."""
        if not self._scores:
            return None
        known = list(self._scores.values())
        weights = np.asarray([score for score, _ in known])
        return known[int(chance.choice(len(known), p=weights / weights.sum()))][1]

    def state(self) -> list[tuple[float, int, list[float]]]:
        """Return what is remembered as plain values, for `restore`."""
        return [(score, place.picture, list(place.box)) for score, place in self._scores.values()]

    def restore(self, state: Sequence[tuple[float, int, Sequence[float]]]) -> None:
        self._scores.clear()
        for score, picture, (left, top, right, bottom) in state:
            self.remember(Place(picture, (left, top, right, bottom)), score)


def _key(place: Place) -> tuple[int, int, int]:
    x, y = place.middle
    return place.picture, int(x // SAME_PLACE), int(y // SAME_PLACE)
