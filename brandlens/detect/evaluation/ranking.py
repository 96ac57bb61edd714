"""Detections in order of confidence, each right or false, and what that is worth at a confidence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Ranking:
    """One label's detections over all pictures, best first; `boxes` is how many there were to find."""

    scores: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    boxes: int


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one label, or of all together, as fractions; `confidence` in percent is where they hold.

    Precision is None where nothing was found, recall where there was nothing to find, F1 where both holds.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    confidence: float


def together(rankings: Sequence[Ranking]) -> Ranking:
    """Return the ranking of all labels as if they were one."""
    scores = np.concatenate([np.empty(0), *(ranking.scores for ranking in rankings)])
    right = np.concatenate([np.empty(0, np.bool_), *(ranking.right for ranking in rankings)])
    order = np.argsort(-scores, kind="stable")
    return Ranking(scores[order], right[order], sum(ranking.boxes for ranking in rankings))


def score(rankings: Sequence[Ranking], confidence: float) -> Score:
    """Return precision, recall and F1 of all `rankings` together at `confidence` percent or more."""
    found = sum(int((r.scores >= confidence).sum()) for r in rankings)
    right = sum(int(r.right[r.scores >= confidence].sum()) for r in rankings)
    boxes = sum(r.boxes for r in rankings)
    return Score(
        precision=right / found if found else None,
        recall=right / boxes if boxes else None,
        f1=2 * right / (found + boxes) if found + boxes else None,
        confidence=confidence,
    )
