"""What heads are worth on pictures they have not seen, and what makes their confidence mean something."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brandlens.detect import calibration
from brandlens.detect.concepts.dataset import ConceptKind
from brandlens.detect.concepts.report import ConceptLabelReport
from brandlens.detect.evaluation.ranking import Ranking, score
from brandlens.detect.geometry import Floats

TEMPERATURES = np.geomspace(0.25, 8.0, 141)
"""Tried for `multi-class`, 2.5 percent apart."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class HeldOutLogits:
    """n x labels each: what the heads said, the truth (0 or 1), and where that may be judged.

    `judged` is False where a head was asked for a label that it had no picture of to learn from.
    """

    logits: Floats
    truth: Floats
    judged: Mask


@dataclass(frozen=True, slots=True)
class Judgement:
    """`temperature` divides logits before the softmax; `operating_scores` count as 50 percent confidence.

    One of them is neutral: the temperature for `multi-label`, the scores (one half) for `multi-class`. The
    other figures are those of `brandlens.detect.concepts.report.ConceptReport`.
    """

    temperature: float
    operating_scores: tuple[float, ...]
    labels: tuple[ConceptLabelReport, ...]
    mean_average_precision: float
    f1: float | None
    accuracy: float | None
    confusion: tuple[tuple[int, ...], ...] | None


def judge(held_out: HeldOutLogits, labels: Sequence[str], kind: ConceptKind) -> Judgement:
    """Calibrate on the held-out logits and take all figures there."""
    temperature, accuracy, confusion = 1.0, None, None
    operating = [0.5] * len(labels)
    if kind == "multi-class":
        own_judged = (held_out.judged & (held_out.truth > 0)).any(axis=1)
        logits, classes = held_out.logits[own_judged], held_out.truth[own_judged].argmax(axis=1)
        temperature = best_temperature(logits, classes)
        scores = _softmax(held_out.logits / temperature)
        counts = np.zeros((len(labels), len(labels)), int)
        np.add.at(counts, (classes, logits.argmax(axis=1)), 1)
        confusion = tuple(tuple(row) for row in counts.tolist())
        accuracy = float(counts.trace() / max(1, counts.sum()))
    else:
        scores = 1 / (1 + np.exp(-held_out.logits.astype(np.float64)))
        operating = calibration.operating_scores(_rankings(scores, held_out))
    percents = np.column_stack(
        [
            [calibration.confidence(float(value), point) for value in column]
            for column, point in zip(scores.T, operating, strict=True)
        ]
    )
    rankings = _rankings(percents, held_out)
    reports = tuple(
        _label_report(label, ranking, int(pictures))
        for label, ranking, pictures in zip(labels, rankings, held_out.truth.sum(axis=0), strict=True)
    )
    known = [label.average_precision for label in reports if label.average_precision is not None]
    return Judgement(
        temperature=temperature,
        operating_scores=tuple(operating),
        labels=reports,
        mean_average_precision=float(np.mean(known)) if known else 0.0,
        f1=score(rankings, 50.0).f1,
        accuracy=accuracy,
        confusion=confusion,
    )


def best_temperature(logits: Floats, classes: npt.NDArray[np.intp]) -> float:
    """Return the temperature with the least negative log-likelihood of the n true `classes`; 1 for none.

    Temperature scaling: Guo et al., "On Calibration of Modern Neural Networks", arXiv 1706.04599.
    """
    if not len(classes):
        return 1.0
    losses = [
        -np.log(_softmax(logits / temperature)[np.arange(len(classes)), classes] + 1e-12).mean()
        for temperature in TEMPERATURES
    ]
    return float(TEMPERATURES[int(np.argmin(losses))])


def average_precision(ranking: Ranking) -> float | None:
    """Return the area under the precision envelope, 0 to 1; None where there was nothing to find."""
    if ranking.boxes == 0:
        return None
    precision = np.cumsum(ranking.right) / np.arange(1, len(ranking.right) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(envelope[ranking.right].sum() / ranking.boxes)


def _softmax(logits: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    powers = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _rankings(scores: npt.NDArray[np.float64], held_out: HeldOutLogits) -> list[Ranking]:
    """Rank the judged pictures for each label; a picture is what a box is to a detector."""
    found = []
    for column in range(scores.shape[1]):
        judged = held_out.judged[:, column]
        values, right = scores[judged, column], held_out.truth[judged, column] > 0
        order = np.argsort(-values, kind="stable")
        found.append(Ranking(values[order], right[order], int(right.sum())))
    return found


def _label_report(label: str, ranking: Ranking, pictures: int) -> ConceptLabelReport:
    at_fifty = score([ranking], 50.0)
    return ConceptLabelReport(
        label=label,
        pictures=pictures,
        average_precision=average_precision(ranking),
        precision=at_fifty.precision,
        recall=at_fifty.recall,
        f1=at_fifty.f1,
    )
