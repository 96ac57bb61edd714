"""When brands are on screen in videos, as a person noted it: the truth that analyses are measured by.

A JSON object of video names, each an object of brands, each a list of [start, end] in seconds from the
video's first picture::

    {"final.mp4": {"Acme": [[0, 4.5], [12, 13]], "Globex": []}}

Intervals of a brand may overlap: it is on screen once. A brand with none, or left out, is never on screen.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from brandlens.errors import InvalidLabels

Second = Annotated[float, Field(ge=0, allow_inf_nan=False)]


def _ends_after_it_starts(interval: tuple[float, float]) -> tuple[float, float]:
    if interval[0] >= interval[1]:
        raise ValueError(f"it ends at {interval[1]:g} and starts at {interval[0]:g}")
    return interval


Interval = Annotated[tuple[Second, Second], AfterValidator(_ends_after_it_starts)]
SCREEN_TIMES = TypeAdapter(dict[str, dict[str, list[Interval]]])


def read_screen_times(
    document: str | bytes, *, file: str, videos: Collection[str], labels: Collection[str]
) -> dict[str, dict[str, float]]:
    """Return, for each of `videos`, the seconds each of `labels` is on screen.

    Raises `InvalidLabels` naming the file and the reason: not such a document, one of `videos` missing, or a
    brand that is not among `labels`.
    """
    try:
        parsed = SCREEN_TIMES.validate_json(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = " > ".join(map(str, first["loc"])) or "the document"
        raise _invalid(file, f"{where}: {first['msg']}") from error
    for video in videos:
        if video not in parsed:
            raise _invalid(file, f"it says nothing of {video}")
        if unknown := sorted(parsed[video].keys() - set(labels)):
            raise _invalid(
                file, f"{video} shows {unknown[0]}, and the model knows {', '.join(sorted(labels))}"
            )
    return {video: _seconds(parsed[video], labels) for video in videos}


def _seconds(intervals: Mapping[str, Sequence[Interval]], labels: Collection[str]) -> dict[str, float]:
    return {label: covered_seconds(intervals.get(label, ())) for label in labels}


def covered_seconds(intervals: Sequence[tuple[float, float]]) -> float:
    """Return how long the union of the intervals is."""
    seconds, reached = 0.0, 0.0
    for start, end in sorted(intervals):
        seconds += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return seconds


def _invalid(file: str, why: str) -> InvalidLabels:
    return InvalidLabels(f"{file} could not be read", why, "Correct it and try again")
