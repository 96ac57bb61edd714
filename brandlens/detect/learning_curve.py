"""A detector taught with a part of the labels, then with more: how good each time.

The trainings are short, so they tell how fast the error falls rather than how low it gets;
`brandlens.detect.power_law` makes a prediction of that.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from brandlens.detect.dataset import LabeledImage, check
from brandlens.detect.evaluation.evaluate import LEAST_CONFIDENCE, evaluate
from brandlens.detect.evaluation.figures import LearningPoint
from brandlens.detect.inference import EmbeddedDetector
from brandlens.detect.split import split
from brandlens.errors import InvalidLabels
from brandlens.exposure.wording import plural

FRACTIONS = (0.25, 0.5, 1.0)
MOST_HELD_OUT = 120


def learning_curve(
    images: Sequence[LabeledImage],
    labels: Sequence[str],
    *,
    budget_seconds: float,
    seed: int,
    threads: int,
    progress: Callable[[float], None],
    clock: Callable[[], float] | None = None,
) -> tuple[LearningPoint, ...]:
    """Train on a quarter, half and all of the pictures, `budget_seconds` together, ever more labels.

    A fifth of the pictures is held out of all three and measures them. `progress` is told the fraction done;
    `clock` gives seconds, as in `train`. Needs PyTorch.

    Raises
    ------
    InvalidLabels
        The pictures cannot be learned from, or are too few to hold any out.
    InvalidSettings, CorruptMedia, MediaTooLarge, ModelFailed
        As `brandlens.detect.train.train`.
    """
    from brandlens.detect.train import train  # PyTorch takes seconds to import

    check(images, labels)
    parts = split(images, seed=seed, most=MOST_HELD_OUT)
    if parts.kind == "none":
        raise InvalidLabels(
            "A learning curve cannot be drawn",
            f"of {plural(len(images), 'picture')} none can be held out",
            "Label more pictures, four or more of each label",
        )
    ordered = in_turn(parts.learning, labels, seed=seed)
    share = budget_seconds / len(FRACTIONS)
    points = []
    for turn, fraction in enumerate(FRACTIONS):

        def report(_step: int, _loss: float, seconds_left: float, turn: int = turn) -> None:
            progress((turn + 1 - min(1.0, seconds_left / share)) / len(FRACTIONS))

        trained = train(
            _first(ordered, labels, fraction),
            labels,
            budget_seconds=share,
            seed=seed,
            progress=report,
            threads=threads,
            clock=clock,
        )
        detector = EmbeddedDetector.of(trained, threads=threads)
        ask = partial(detector.detect, min_confidence=LEAST_CONFIDENCE)
        found = [image.shown_to(ask) for image in parts.validation]
        result = evaluate([image.boxes for image in parts.validation], found, labels)
        learned = [label.learning_boxes for label in trained.report.labels]
        points.append(
            LearningPoint(
                boxes_per_label=sum(learned) / len(learned),
                mean_average_precision=result.mean_average_precision,
                held_out_boxes=sum(len(image.boxes) for image in parts.validation),
            )
        )
    return tuple(points)


def in_turn(images: Sequence[LabeledImage], labels: Sequence[str], *, seed: int) -> tuple[LabeledImage, ...]:
    """Order the pictures by chance, so that every label has about its share of any first part of them.

    A label's first picture comes at the very beginning, however few it has.
    """
    shuffled = [images[n] for n in np.random.default_rng(seed).permutation(len(images))]
    of_label: dict[str | None, list[int]] = defaultdict(list)
    for place, image in enumerate(shuffled):
        for label in {name for name, _ in image.boxes if name in labels} or {None}:
            of_label[label].append(place)
    turn = [1.0] * len(shuffled)
    for label, places in of_label.items():
        for number, place in enumerate(places):
            first = label is not None and number == 0
            turn[place] = min(turn[place], -1.0 if first else number / len(places))
    return tuple(shuffled[place] for place in sorted(range(len(shuffled)), key=turn.__getitem__))


def _first(ordered: Sequence[LabeledImage], labels: Sequence[str], fraction: float) -> Sequence[LabeledImage]:
    """Return the first part of pictures `in_turn`, as many more as every label needs to have a box."""
    count = max(1, round(fraction * len(ordered)))
    while {label for image in ordered[:count] for label, _ in image.boxes} < set(labels):
        count += 1
    return ordered[:count]
