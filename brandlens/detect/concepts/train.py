"""Teaches a classifier of whole pictures: which of some labels hold for each.

In short: the backbone keeps its ImageNet weights and looks at each picture, and at changed versions of it,
while there is time; a linear head is fitted to what it saw. Heads that did not see a fifth of the scenes tell
how good that is and where confidence shall be 50 percent.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np

from brandlens.detect.artifact import ConceptDescription, ModelLabel, TrainedConcepts
from brandlens.detect.concepts.dataset import ConceptImage, ConceptKind, check, pictures_per_label
from brandlens.detect.concepts.folds import FOLDS, Folds, folds
from brandlens.detect.concepts.head import Head, fit
from brandlens.detect.concepts.looking import Looker
from brandlens.detect.concepts.network import Classifier, Features, to_onnx
from brandlens.detect.concepts.report import ConceptReport
from brandlens.detect.concepts.size import SIDE
from brandlens.detect.concepts.validation import HeldOutLogits, Judgement, judge
from brandlens.detect.data_warnings import data_warnings
from brandlens.detect.geometry import Floats
from brandlens.detect.training.budget import require_time
from brandlens.detect.training.torch_on import best_device, torch_on

Progress = Callable[[int, float, float], None]
"""Called after each look at all pictures with its number (from 1), the loss and the seconds left, at most."""

MOST_VIEWS = 6
"""Versions of each picture that are learned from; more add nothing."""
SHARE_FOR_LOOKING = 0.7
"""Share of the budget after which no further look is begun."""


def train_concepts(
    pictures: Sequence[ConceptImage],
    labels: Sequence[str],
    *,
    kind: ConceptKind,
    budget_seconds: float,
    seed: int,
    progress: Progress,
    threads: int,
    clock: Callable[[], float] = time.monotonic,
) -> TrainedConcepts:
    """Train a classifier in at most about `budget_seconds`, on `threads` threads, or a GPU if there is one.

    Every picture is looked at once at least, however long that takes. The time decides only how many versions
    of the pictures are learned from: given it for all of them, the same seed and threads give the same model.

    Raises
    ------
    InvalidLabels
        See `brandlens.detect.concepts.dataset.check`.
    InvalidSettings
        The budget is not positive.
    CorruptMedia, MediaTooLarge
        A picture cannot be decoded.
    ModelFailed
        The loss is no longer a number.
    """
    require_time(budget_seconds)
    started = clock()
    check(pictures, labels, kind)
    truth = np.asarray([[label in one.labels for label in labels] for one in pictures], np.float32)
    parts = folds(pictures, labels, seed=seed)
    with torch_on(threads, seed=seed):
        network = Features()
        looker = Looker(pictures, network, best_device(), seed=seed)
        looks: list[Floats] = []
        while len(looks) < MOST_VIEWS:
            elapsed = clock() - started
            if looks and elapsed * (len(looks) + 1) / len(looks) > SHARE_FOR_LOOKING * budget_seconds:
                break
            looks.append(looker.again() if looks else looker.whole())
            head = _fitted(looks, truth, kind)
            progress(len(looks), head.loss, max(0.0, budget_seconds - (clock() - started)))
        judgement = judge(_held_out(looks, truth, parts, kind, head), labels, kind)
        shipped = head.cooled(judgement.temperature)
        onnx = to_onnx(Classifier(network.cpu(), shipped, kind))
    seconds = clock() - started
    report = ConceptReport(
        pictures=len(pictures),
        pictures_without_labels=sum(not one.labels for one in pictures),
        split=parts.kind,
        views=len(looks),
        seconds=round(seconds, 3),
        seed=seed,
        final_loss=head.loss,
        mean_average_precision=judgement.mean_average_precision,
        f1=judgement.f1,
        accuracy=judgement.accuracy,
        confusion=judgement.confusion,
        labels=judgement.labels,
        warnings=_warnings(pictures, labels, parts, judgement, late=seconds - budget_seconds),
    )
    named = zip(labels, judgement.operating_scores, strict=True)
    operating = tuple(ModelLabel(name=label, operating_score=score) for label, score in named)
    return TrainedConcepts(onnx, ConceptDescription(kind=kind, side=SIDE, labels=operating, report=report))


def _fitted(looks: Sequence[Floats], truth: Floats, kind: ConceptKind) -> Head:
    return fit(np.concatenate(looks), np.tile(truth, (len(looks), 1)), kind)


def _held_out(
    looks: Sequence[Floats], truth: Floats, parts: Folds, kind: ConceptKind, whole_head: Head
) -> HeldOutLogits:
    """Show each picture as it is to the head that has not seen its fold; without folds, to `whole_head`."""
    if parts.kind == "none":
        return HeldOutLogits(whole_head.logits(looks[0]), truth, np.ones(truth.shape, np.bool_))
    logits, judged = np.zeros_like(truth), np.zeros(truth.shape, np.bool_)
    for number in range(FOLDS):
        held = parts.numbers == number
        if held.any():
            head = _fitted([look[~held] for look in looks], truth[~held], kind)
            logits[held] = head.logits(looks[0][held])
            judged[held] = truth[~held].any(axis=0)
    return HeldOutLogits(logits, truth, judged)


def _warnings(
    pictures: Sequence[ConceptImage],
    labels: Sequence[str],
    parts: Folds,
    judgement: Judgement,
    *,
    late: float,
) -> tuple[str, ...]:
    taught = pictures_per_label(pictures, labels)
    unseen = [one.label for one in judgement.labels if one.average_precision is None]
    everywhere = [label for label, count in taught.items() if count == len(pictures)]
    said = [
        *data_warnings(parts.kind, taught, ("picture", "pictures"), unseen),
        *(f"Every picture has {label!r}, so it will be found everywhere." for label in everywhere),
    ]
    if late > 0:
        said.append(f"Looking at all pictures once took {late:.0f} s more than was given.")
    return tuple(said)
