"""From network scores to confidence in percent, so that 50 is where each label works best."""

import math
from collections.abc import Sequence

import numpy as np

from brandlens.detect.evaluation.ranking import Ranking, together
from brandlens.errors import InvalidInput

LOWEST, HIGHEST = 0.1, 0.8
"""Bounds of an operating score: outside them a lucky validation set, not the detector, is speaking."""
PRIOR = 0.35
"""Operating score assumed where there is nothing to learn one from."""
PRIOR_BOXES = 8
"""How many validation boxes the common score counts for against a label's own."""
BETA = 0.5
"""Precision weighs twice what recall does in an operating score: a brand that is credited and was not there
costs more trust than a frame it is missed in, and the frames beside that one still show it."""


def best_score(ranking: Ranking, *, beta: float = 1.0) -> float | None:
    """Return the score at which F-beta is highest, in the middle of the gap below it; None without any hit.

    The gap is that between the last detection taken and the first one left out: any score in it gives the
    same figure, and its (geometric) middle is furthest from both mistakes. F-beta is van Rijsbergen's
    measure, in which recall weighs `beta` times as much as precision.
    """
    if not ranking.right.any():
        return None
    taken = np.arange(1, len(ranking.right) + 1)
    figure = (1 + beta**2) * np.cumsum(ranking.right) / (taken + beta**2 * ranking.boxes)
    # Equal scores stand or fall together.
    splits = np.append(ranking.scores[:-1] > ranking.scores[1:], True)
    last = int(np.argmax(np.where(splits, figure, -1.0)))
    above = ranking.scores[last]
    below = ranking.scores[last + 1] if last + 1 < len(ranking.scores) else above / 4
    return float(np.sqrt(above * below))


def operating_scores(rankings: Sequence[Ranking]) -> list[float]:
    """Return each label's operating score, drawn towards the common one where boxes are few.

    Rankings carry network scores, 0 to 1.
    """
    common = best_score(together(rankings), beta=BETA) or PRIOR
    found = []
    for ranking in rankings:
        own = best_score(ranking, beta=BETA)
        trust = ranking.boxes / (ranking.boxes + PRIOR_BOXES) if own else 0.0
        blend = trust * math.log(own or common) + (1 - trust) * math.log(common)
        found.append(min(HIGHEST, max(LOWEST, math.exp(blend))))
    return found


def confidence(score: float, operating_score: float) -> float:
    """Map a network score (0 to 1) to percent: 0 to 0, the operating score to 50, 1 to 100, always rising.

    A power curve: score ** p with p such that operating_score ** p = 1/2.
    """
    exponent = math.log(0.5) / math.log(operating_score)
    return 100.0 * math.pow(min(1.0, max(0.0, score)), exponent)


def score_at(percent: float, operating_score: float) -> float:
    """Return the network score that `confidence` maps to `percent`: its inverse."""
    return math.pow(percent / 100.0, math.log(operating_score) / math.log(0.5))


def require_percent(min_confidence: float) -> None:
    """Raise `InvalidInput` where a confidence asked for is not 0 to 100."""
    if not 0 <= min_confidence <= 100:
        raise InvalidInput(
            f"Nothing can be looked for at confidence {min_confidence}",
            "confidence is in percent",
            "Give 0 to 100",
        )
