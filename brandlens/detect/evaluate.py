"""How good a detector is: detections against the truth, at an overlap of one half.

The matching is PASCAL VOC's: in descending confidence, a detection is right if it overlaps a box of its label
by at least 0.5 (intersection over union) that no better detection has taken; otherwise it is false. Average
precision is the area under the precision envelope over all recalls (VOC 2010 and later).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brandlens.detect.geometry import overlaps
from brandlens.results import Box, Detection

OVERLAP = 0.5
LEAST_CONFIDENCE = 1.0

Truth = Sequence[tuple[str, Box]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """One label's detections over all pictures, best first; `boxes` is how many there were to find."""

    scores: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    boxes: int


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one label, or of all together, as fractions; `confidence` in percent is where they hold.

    Precision is 1 where nothing was found, recall 1 where there was nothing to find.
    """

    precision: float
    recall: float
    f1: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`false_boxes_per_negative` is over pictures without boxes, None where there are none."""

    mean_average_precision: float
    average_precision: dict[str, float | None]
    """Per label; None where the truth has no box of it."""
    overall: Score
    per_label: dict[str, Score]
    false_boxes_per_negative: float | None


def rank(truths: Sequence[Truth], detections: Sequence[Sequence[Detection]], label: str) -> Ranking:
    """Match one label's detections with the truth, picture by picture."""
    scores: list[float] = []
    right: list[bool] = []
    boxes = 0
    for truth, found in zip(truths, detections, strict=True):
        wanted = _corners([box for name, box in truth if name == label])
        mine = sorted((d for d in found if d.label == label and d.box), key=lambda d: -d.confidence)
        boxes += len(wanted)
        scores += [detection.confidence for detection in mine]
        right += _match(overlaps(_corners([d.box for d in mine if d.box]), wanted))
    order = np.argsort(-np.asarray(scores, np.float64), kind="stable")
    return Ranking(np.asarray(scores, np.float64)[order], np.asarray(right, np.bool_)[order], boxes)


def _corners(boxes: Sequence[Box]) -> npt.NDArray[np.float32]:
    rows = [(box.left, box.top, box.left + box.width, box.top + box.height) for box in boxes]
    return np.asarray(rows, np.float32).reshape(-1, 4)


def _match(shared: npt.NDArray[np.float32]) -> list[bool]:
    taken = np.zeros(shared.shape[1], np.bool_)
    right = []
    for row in shared:
        free = np.where(taken, -1.0, row)
        best = int(free.argmax()) if free.size else -1
        hit = best >= 0 and free[best] >= OVERLAP
        if hit:
            taken[best] = True
        right.append(bool(hit))
    return right


def average_precision(ranking: Ranking) -> float | None:
    """Return the area under the precision envelope, 0 to 1; None where there was nothing to find."""
    if ranking.boxes == 0:
        return None
    found = np.cumsum(ranking.right)
    precision = found / np.arange(1, len(found) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(envelope[ranking.right].sum() / ranking.boxes)


def score(rankings: Sequence[Ranking], confidence: float) -> Score:
    """Return precision, recall and F1 of all `rankings` together at `confidence` percent or more."""
    found = sum(int((r.scores >= confidence).sum()) for r in rankings)
    right = sum(int(r.right[r.scores >= confidence].sum()) for r in rankings)
    boxes = sum(r.boxes for r in rankings)
    f1 = 2 * right / (found + boxes) if found + boxes else 1.0
    return Score(right / found if found else 1.0, right / boxes if boxes else 1.0, f1, confidence)


def evaluate(
    truths: Sequence[Truth],
    detections: Sequence[Sequence[Detection]],
    labels: Sequence[str],
    *,
    confidence: float = 50.0,
) -> Evaluation:
    """Compare detections (made at a low confidence, for the averages) with the truth, picture by picture."""
    rankings = {label: rank(truths, detections, label) for label in labels}
    precisions = {label: average_precision(ranking) for label, ranking in rankings.items()}
    known = [value for value in precisions.values() if value is not None]
    false_boxes = [
        sum(d.confidence >= confidence for d in found)
        for truth, found in zip(truths, detections, strict=True)
        if not truth
    ]
    return Evaluation(
        mean_average_precision=float(np.mean(known)) if known else 0.0,
        average_precision=precisions,
        overall=score(list(rankings.values()), confidence),
        per_label={label: score([ranking], confidence) for label, ranking in rankings.items()},
        false_boxes_per_negative=float(np.mean(false_boxes)) if false_boxes else None,
    )


def detect_all(
    detect: Callable[..., Sequence[Detection]], pictures: Iterable[bytes]
) -> list[Sequence[Detection]]:
    """Run a detector's `detect` over pictures at the low confidence that averages need."""
    return [detect(picture, min_confidence=LEAST_CONFIDENCE) for picture in pictures]
