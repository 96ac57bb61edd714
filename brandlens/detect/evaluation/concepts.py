"""How good a classifier of whole pictures is: the labels it gives against the truth, picture by picture.

Every picture is asked for every label, as training's own judgement asks the pictures it held out (see
`brandlens.detect.concepts.validation`), so that both give the same kind of figures.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from brandlens.detect.concepts.dataset import ConceptKind
from brandlens.detect.concepts.validation import average_precision
from brandlens.detect.evaluation.ranking import Ranking, Score, score
from brandlens.results import Detection


@dataclass(frozen=True, slots=True)
class ConceptEvaluation:
    """All figures are fractions. Dictionaries are by label; a precision is None where no picture has it.

    `pictures` counts those that have the label. `overall` and `per_label` are at the operating point.
    `accuracy`, of `multi-class` only, is the share of pictures whose most confident label is theirs.
    """

    mean_average_precision: float | None
    average_precision: dict[str, float | None]
    pictures: dict[str, int]
    overall: Score
    per_label: dict[str, Score]
    accuracy: float | None


def rank(
    truths: Sequence[AbstractSet[str]], detections: Sequence[Sequence[Detection]], label: str
) -> Ranking:
    """Rank the pictures by how confident one label is; a picture is what a box is to a detector."""
    finds = [
        (one.confidence, label in truth)
        for truth, found in zip(truths, detections, strict=True)
        for one in found
        if one.label == label
    ]
    finds.sort(key=lambda find: -find[0])
    return Ranking(
        scores=np.asarray([confidence for confidence, _ in finds], np.float64),
        right=np.asarray([right for _, right in finds], np.bool_),
        boxes=sum(label in truth for truth in truths),
    )


def evaluate_concepts(
    truths: Sequence[AbstractSet[str]],
    detections: Sequence[Sequence[Detection]],
    labels: Sequence[str],
    *,
    kind: ConceptKind,
    confidence: float,
) -> ConceptEvaluation:
    """Compare detections (made at confidence 0, most confident first) with the labels each picture has.

    `confidence` is the operating point, in percent. In `multi-class` every picture has one label.
    """
    rankings = {label: rank(truths, detections, label) for label in labels}
    precisions = {label: average_precision(ranking) for label, ranking in rankings.items()}
    known = [precision for precision in precisions.values() if precision is not None]
    return ConceptEvaluation(
        mean_average_precision=float(np.mean(known)) if known else None,
        average_precision=precisions,
        pictures={label: ranking.boxes for label, ranking in rankings.items()},
        overall=score(list(rankings.values()), confidence),
        per_label={label: score([ranking], confidence) for label, ranking in rankings.items()},
        accuracy=_accuracy(truths, detections) if kind == "multi-class" else None,
    )


def _accuracy(truths: Sequence[AbstractSet[str]], detections: Sequence[Sequence[Detection]]) -> float:
    best = [next((one.label for one in found), None) for found in detections]
    return float(np.mean([label in truth for truth, label in zip(truths, best, strict=True)]))
