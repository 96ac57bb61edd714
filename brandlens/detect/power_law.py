"""How much more labels would help: the error falls as a power of their number.

Error = a * n ** -b, n being boxes a label, as learning curves of detectors do (Hestness et al., "Deep
Learning Scaling is Predictable, Empirically", 2017); a and b by least squares on logarithms.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression

from brandlens.detect.evaluation.figures import LearningPoint
from brandlens.exposure.wording import plural

LEAST_ERROR = 0.005
"""An error of naught has no logarithm, and on few held-out pictures it is luck."""
WORTH_IT = 0.01
"""A gain of mAP below this is said to be hardly any."""
MOST_CHANCE = 0.03
"""Where chance alone moves mAP by more than this, a curve that does not rise tells nothing."""


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """`error(n) = exp(log_scale) * n ** -exponent`; an exponent of naught says that labels change nothing.

    Kept as logarithms: a law through two points that lie close together may be too steep for numbers.
    """

    log_scale: float
    exponent: float

    def mean_average_precision(self, boxes_per_label: float) -> float:
        log_error = self.log_scale - self.exponent * math.log(boxes_per_label)
        return 1 - math.exp(min(0.0, log_error))

    def through(self, point: LearningPoint) -> "PowerLaw":
        """Return the law of the same exponent that a detector of `point` is on."""
        log_scale = math.log(_error(point)) + self.exponent * math.log(point.boxes_per_label)
        return PowerLaw(log_scale, self.exponent)


def fit(points: Sequence[LearningPoint]) -> PowerLaw | None:
    """Return the law that fits best; None with fewer than two different numbers of boxes.

    Errors that grow with the labels are chance, and fitted as not changing.
    """
    if len({point.boxes_per_label for point in points}) < 2:
        return None
    line = linear_regression(
        [math.log(point.boxes_per_label) for point in points], [math.log(_error(point)) for point in points]
    )
    if line.slope >= 0:
        mean_error = sum(map(_error, points)) / len(points)
        return PowerLaw(math.log(mean_error), 0.0)
    return PowerLaw(line.intercept, -line.slope)


def outlook(points: Sequence[LearningPoint], now: LearningPoint) -> str:
    """Say what twice the labels of `now` would bring a detector as good as that; empty where unknown."""
    law = fit(points)
    if law is None:
        return ""
    reached_in_short = max(point.mean_average_precision for point in points)
    if reached_in_short - now.mean_average_precision > max(_chance(now), WORTH_IT):
        return (
            f"A short training on some of these labels reached mAP {reached_in_short:.2f}, this one "
            f"{now.mean_average_precision:.2f}: it needs more time before more labels."
        )
    twice = 2 * now.boxes_per_label
    reached = law.through(now).mean_average_precision(twice)
    sentence = (
        f"With twice the labels, about {twice:.0f} boxes each, expect mAP about {reached:.2f}, "
        f"now {now.mean_average_precision:.2f}."
    )
    if reached - now.mean_average_precision < WORTH_IT:
        if (chance := _chance(now)) > MOST_CHANCE:
            boxes = plural(now.held_out_boxes, "held-out box", "held-out boxes")
            return (
                f"Whether more labels would help cannot be told from {boxes}: "
                f"chance alone moves mAP by {chance:.2f}."
            )
        return f"More labels of the same kind would hardly help. {sentence}"
    return sentence


def _chance(point: LearningPoint) -> float:
    """Return two standard errors of a share of so many boxes, which mAP is close to."""
    error = _error(point)
    return 2 * math.sqrt(error * (1 - error) / max(1, point.held_out_boxes))


def _error(point: LearningPoint) -> float:
    return max(LEAST_ERROR, 1 - point.mean_average_precision)
