"""How good a detector is: detections against the truth, by COCO's metrics (see `coco_metrics`)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brandlens.detect.calibration import best_score
from brandlens.detect.evaluation.coco_metrics import ANY_SIZE, OVERLAP, OVERLAPS, SIZES, Matches, Shape, Truth
from brandlens.detect.evaluation.confusion import confusion
from brandlens.detect.evaluation.figures import ConfusionCell, CurvePoint, SizeFigures
from brandlens.detect.evaluation.ranking import Ranking, Score, score, together
from brandlens.results import Detection

LEAST_CONFIDENCE = 1.0
CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures are fractions. Dictionaries are by label; a precision is None where the truth has no box.

    `mean_average_precision` and `average_precision` are at overlap 0.5, those ending in `_50_95` the mean
    over overlaps 0.5 to 0.95; `by_size` is empty where no shapes were given. `overall`, `per_label`,
    `confusion` and the false boxes are at the operating point. `best` is where F1 over all labels is highest
    on these very pictures, None where nothing was right.
    """

    mean_average_precision: float
    mean_average_precision_50_95: float
    average_precision: dict[str, float | None]
    average_precision_50_95: dict[str, float | None]
    by_size: tuple[SizeFigures, ...]
    curves: dict[str, tuple[CurvePoint, ...]]
    boxes: dict[str, int]
    overall: Score
    per_label: dict[str, Score]
    best: Score | None
    confusion: tuple[ConfusionCell, ...]
    false_boxes_per_negative: float | None
    """Per picture without boxes; None where there are none."""
    false_boxes: dict[str, float]
    """The same by group of pictures."""


def rank(truths: Sequence[Truth], detections: Sequence[Sequence[Detection]], label: str) -> Ranking:
    """Match one label's detections with the truth at overlap 0.5, picture by picture."""
    return Matches(truths, detections, [label]).ranking(label)


def evaluate(
    truths: Sequence[Truth],
    detections: Sequence[Sequence[Detection]],
    labels: Sequence[str],
    *,
    confidence: float = 50.0,
    shapes: Sequence[Shape] | None = None,
    groups: Sequence[str] | None = None,
) -> Evaluation:
    """Compare detections (made at a low confidence, for the averages) with the truth, picture by picture.

    Parameters
    ----------
    confidence
        The operating point, in percent.
    shapes
        Each picture's width and height in pixels, for figures by size.
    groups
        The name of the group each picture is of, for false boxes; all are `CLEAN` unless told.
    """
    sizes = SIZES if shapes else ()
    matches = Matches(truths, detections, labels, shapes=shapes, overlaps=OVERLAPS, sizes=(ANY_SIZE, *sizes))
    rankings = {label: matches.ranking(label) for label in labels}
    best = best_score(together(list(rankings.values())))
    false_boxes = _false_boxes(truths, detections, groups or [CLEAN] * len(truths), confidence)
    return Evaluation(
        mean_average_precision=matches.mean_average_precision(overlap=OVERLAP) or 0.0,
        mean_average_precision_50_95=matches.mean_average_precision() or 0.0,
        average_precision={label: matches.average_precision(label, overlap=OVERLAP) for label in labels},
        average_precision_50_95={label: matches.average_precision(label) for label in labels},
        by_size=tuple(
            SizeFigures(
                size=size.name,
                boxes=matches.boxes(size),
                mean_average_precision=matches.mean_average_precision(size=size, overlap=OVERLAP),
            )
            for size in sizes
        ),
        curves={label: matches.curve(label) for label in labels},
        boxes={label: ranking.boxes for label, ranking in rankings.items()},
        overall=score(list(rankings.values()), confidence),
        per_label={label: score([ranking], confidence) for label, ranking in rankings.items()},
        best=None if best is None else score(list(rankings.values()), best),
        confusion=confusion(truths, detections, labels, confidence=confidence),
        false_boxes_per_negative=_mean([count for counts in false_boxes.values() for count in counts]),
        false_boxes={group: float(np.mean(counts)) for group, counts in false_boxes.items()},
    )


def _false_boxes(
    truths: Sequence[Truth],
    detections: Sequence[Sequence[Detection]],
    groups: Sequence[str],
    confidence: float,
) -> dict[str, list[int]]:
    """Count the finds on each picture without boxes, by group."""
    counts: dict[str, list[int]] = {}
    for truth, found, group in zip(truths, detections, groups, strict=True):
        if not truth:
            counts.setdefault(group, []).append(sum(one.confidence >= confidence for one in found))
    return counts


def _mean(counts: Sequence[int]) -> float | None:
    return float(np.mean(counts)) if counts else None
