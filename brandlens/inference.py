"""How many inference units a model runs on: enough to look at a job's frames within the target time.

Units cost the same by the hour however many run side by side, so more of them finish sooner for about the
same price; only what a model idles, before it is asked and in its grace time, is paid for by each unit.
"""

from datetime import timedelta
from math import ceil

from pydantic import Field

from brandlens.jobs import Value

ASSUMED_FRAMES_PER_SECOND = 5.0
"""What one unit is taken to look at in a second until a job of the model has measured it.

AWS states no figure, for it depends on the model and its pictures ("Inference units",
https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/running-model.html). Too high a figure makes a
first job last longer, too low a one makes it cost more; this one is on the side of the former.
"""

MEASURED_FROM = 100
"""Frames from which a job tells a model's speed: with fewer, the start of its functions weighs too much."""


class Units(Value):
    """What a model starts with, and what the service may add up to as more is asked of it."""

    least: int = Field(ge=1)
    most: int = Field(ge=1)


def units_for(frames: int, *, frames_per_second: float | None, target: timedelta, limit: int) -> Units:
    """Return the units that look at `frames` within `target`, `limit` at most.

    `frames_per_second` is what one unit was measured to look at, None before it was. The model may grow to
    the limit, for jobs that come to share it: nothing but the service can change a model that runs.
    """
    speed = ASSUMED_FRAMES_PER_SECOND if frames_per_second is None else frames_per_second
    needed = ceil(frames / (speed * target.total_seconds()))
    return Units(least=min(max(needed, 1), limit), most=limit)


def measured_speed(known: float | None, *, frames: int, seconds: float, units: int) -> float | None:
    """Return a unit's frames a second, as far as known, after a job's `frames` in `seconds` on `units`.

    A job cannot be faster than its model, so a faster one is believed at once. A slower one may have shared
    the model or found it idle, so the known figure goes half of the way down. None while nothing is known.
    """
    if frames < MEASURED_FROM or seconds <= 0:
        return known
    seen = frames / seconds / units
    return seen if known is None else max(seen, (known + seen) / 2)
