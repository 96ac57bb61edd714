"""Each label's assumed threshold, and how well the model does there on pictures it has not learned from."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from brandlens.detect.evaluation.coco_metrics import Truth
from brandlens.detect.evaluation.concepts import rank as rank_concept
from brandlens.detect.evaluation.evaluate import rank
from brandlens.detect.evaluation.ranking import Ranking
from brandlens.results import Detection

_UNTESTED_THRESHOLD = 50.0
"""Percent, where the test pictures cannot tell."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of boxes at a threshold in percent; for labels together the threshold has no meaning."""

    threshold: float
    right: int
    found: int
    boxes: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.boxes if self.boxes else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.boxes) if self.right else 0.0


def score_labels(
    truths: Sequence[Truth], detections: Sequence[Sequence[Detection]], labels: Sequence[str]
) -> dict[str, Score]:
    """Score each label at the threshold with its best F1: what is assumed in calls that name no confidence.

    Truths and detections go picture by picture.
    """
    return {label: _best(rank(truths, detections, label)) for label in labels}


def score_concepts(
    truths: Sequence[AbstractSet[str]], detections: Sequence[Sequence[Detection]], labels: Sequence[str]
) -> dict[str, Score]:
    """Do the same for labels of whole pictures, each of which counts as a box does."""
    return {label: _best(rank_concept(truths, detections, label)) for label in labels}


def overall(scores: Sequence[Score]) -> Score:
    """Add up the labels' counts, each at its own threshold."""
    return Score(
        threshold=0.0,
        right=sum(score.right for score in scores),
        found=sum(score.found for score in scores),
        boxes=sum(score.boxes for score in scores),
    )


def _best(ranking: Ranking) -> Score:
    right = np.cumsum(ranking.right)
    # Detections of equal confidence pass a threshold together, so only the last of each run is a candidate.
    last = np.append(np.diff(ranking.scores) != 0, True)[: len(ranking.scores)]
    below = np.append(ranking.scores[1:], 0.0)
    candidates = [
        # Midway to the next detection below, so that the threshold does not hang on one picture's confidence.
        Score(
            threshold=float(ranking.scores[place] + below[place]) / 2,
            right=int(right[place]),
            found=int(place) + 1,
            boxes=ranking.boxes,
        )
        for place in np.flatnonzero(last)
    ]
    none_found = Score(_UNTESTED_THRESHOLD, 0, 0, ranking.boxes)
    return max(candidates, key=lambda score: score.f1, default=none_found) if right.any() else none_found
