"""What the report of any training warns of in the data it had."""

from collections.abc import Iterable, Mapping

from brandlens.detect.split import SplitKind
from brandlens.exposure.wording import plural

ENOUGH = 10
"""Boxes, or pictures, of a label from which it gets no warning."""

_OF_SPLIT: Mapping[SplitKind, tuple[str, ...]] = {
    "scene": (),
    "picture": (
        "Too few scenes to hold whole ones out: similar pictures taught and tested, which flatters.",
    ),
    "none": ("Too few pictures to hold any out: the figures are of pictures it learned from.",),
}


def data_warnings(
    split: SplitKind, taught: Mapping[str, int], thing: tuple[str, str], unseen: Iterable[str]
) -> tuple[str, ...]:
    """Warn of the way pictures were held out, and of labels that were taught little or not judged.

    Parameters
    ----------
    taught
        How many things there were to learn each label from.
    thing
        What one of them is called, and several.
    unseen
        The labels that no held-out picture shows.
    """
    few = (
        f"{label!r} has {plural(count, *thing)} to learn from; {ENOUGH} or more are better."
        for label, count in taught.items()
        if count < ENOUGH
    )
    return (*_OF_SPLIT[split], *few, *(f"No held-out picture shows {label!r}." for label in unseen))
