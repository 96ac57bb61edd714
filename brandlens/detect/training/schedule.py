"""How training spends its time budget."""

import math
from dataclasses import dataclass

SECONDS_PER_VALIDATION = 0.3
"""What one held-out picture may cost, looked at exactly and in 8 bits."""
SHARE_FOR_VALIDATION = 0.15
SECONDS_FOR_EXPORT = 2.0
SECONDS_FOR_QUANTIZING = 10.0
SHORT = 240.0
"""Budgets below this, in seconds, are short."""
LONG_ENOUGH_FOR_SMALL = 90.0
"""Below this, in seconds, making the network small would take too much from the learning."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """`crop_side` is in pixels; the first `frozen_blocks` of the backbone keep their ImageNet weights."""

    learning_seconds: float
    validation_pictures: int
    batch: int
    crop_side: int
    frozen_blocks: int
    small: bool
    """Whether there is time to try the network in 8 bits."""
    head_rate: float
    backbone_rate: float


def schedule(budget_seconds: float) -> Schedule:
    """Divide a budget between learning and validation.

    A short run cannot afford to teach the first layers anything, and learns more from many small steps than
    from few good ones.
    """
    validating = min(30.0, SHARE_FOR_VALIDATION * budget_seconds)
    small = budget_seconds >= LONG_ENOUGH_FOR_SMALL
    after = SECONDS_FOR_EXPORT + (SECONDS_FOR_QUANTIZING if small else 0.0)
    learning = max(1.0, budget_seconds - validating - after)
    pictures = max(8, int(validating / SECONDS_PER_VALIDATION))
    if budget_seconds < SHORT:
        return Schedule(learning, pictures, 8, 224, 5, small, 3e-3, 7e-4)
    return Schedule(learning, pictures, 8, 256, 3, small, 2e-3, 5e-4)


def rate_factor(progress: float) -> float:
    """Return the share of the peak learning rate at `progress` (0 to 1): a short rise, then half a cosine."""
    return max(0.02, min(1.0, progress / 0.03) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))
