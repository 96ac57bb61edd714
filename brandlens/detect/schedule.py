"""How training spends its time budget."""

import math
from dataclasses import dataclass

SECONDS_PER_VALIDATION = 0.25
"""What one held-out picture may cost, with room to spare on a busy machine."""
SHARE_FOR_VALIDATION = 0.15
SECONDS_FOR_EXPORT = 2.0
SHORT = 240.0
"""Budgets below this, in seconds, are short."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """`crop_side` is in pixels; the first `frozen_blocks` of the backbone keep their ImageNet weights."""

    learning_seconds: float
    validation_pictures: int
    batch: int
    crop_side: int
    frozen_blocks: int
    head_rate: float
    backbone_rate: float


def schedule(budget_seconds: float) -> Schedule:
    """Divide a budget between learning and validation.

    A short run cannot afford to teach the first layers anything, and learns more from many small steps than
    from few good ones.
    """
    validating = min(30.0, SHARE_FOR_VALIDATION * budget_seconds)
    learning = max(1.0, budget_seconds - validating - SECONDS_FOR_EXPORT)
    pictures = max(8, int(validating / SECONDS_PER_VALIDATION))
    if budget_seconds < SHORT:
        return Schedule(learning, pictures, 8, 224, 5, 3e-3, 7e-4)
    return Schedule(learning, pictures, 8, 256, 3, 2e-3, 5e-4)


def rate_factor(progress: float) -> float:
    """Return the share of the peak learning rate at `progress` (0 to 1): a short rise, then half a cosine."""
    return max(0.02, min(1.0, progress / 0.03) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))
