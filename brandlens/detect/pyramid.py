"""How one picture is looked at in several sizes, so that the network meets every logo in a size it learned.

The network is taught boxes of at most `LARGEST_BOX` pixels; a larger logo is found in a smaller copy of the
picture, a tiny one in an enlarged copy. Each copy answers for its own range of sizes and the ranges overlap,
so no size falls between two.
"""

from collections.abc import Sequence
from typing import Literal, get_args

from brandlens.errors import InvalidInput

Mode = Literal["fast", "accurate"]
"""`accurate` also looks at the picture enlarged, for tiny logos, in about five times the time."""

LONGEST_DECODED = 1280
"""Pictures are scaled down to this many pixels before anything else; logos too small after that are lost."""
STEP = 0.5
"""Size of each copy of the picture relative to the one before."""
LARGEST_BOX = 128
"""Longest side, in pixels of the copy it is found in, of the boxes the network answers for."""
SMALLEST_IN_COPY = 40
"""Longest side, in pixels of a smaller copy, below which boxes are left to the next larger copy."""
ENLARGEMENT = 2.0
"""Scale of the copy that is made for tiny logos where they matter more than time."""
LARGEST_ENLARGED = 128
"""Longest side, in pixels of the enlarged copy, of the boxes it answers for."""
SMALLEST_BESIDE_ENLARGED = 32
"""Longest side in pixels below which boxes are left to the enlarged copy, where there is one."""


def require_mode(mode: str) -> None:
    """Raise `InvalidInput` where there is no such mode."""
    if mode not in get_args(Mode):
        raise InvalidInput(
            f"Cannot look in the mode {mode!r}", "there is none", f"Give one of {', '.join(get_args(Mode))}"
        )


def scales(width: int, height: int, *, enlarged: bool = False) -> tuple[float, ...]:
    """Return the scale of each copy of a `width` x `height` picture, descending from 1.

    The last copy is the first in which the whole picture is no longer than the largest box. With `enlarged`,
    a copy at `ENLARGEMENT` comes before the others.
    """
    longest = max(width, height)
    found = [1.0]
    while longest * found[-1] > LARGEST_BOX:
        found.append(found[-1] * STEP)
    return (ENLARGEMENT, *found) if enlarged else tuple(found)


def size_range(scale: float, copies: Sequence[float]) -> tuple[float, float]:
    """Return the shortest and longest side that the copy at `scale` answers for, in pixels of that copy.

    `copies` are the scales of all of them: the first answers for everything below its upper limit, the last
    for everything above its lower one.
    """
    beside = SMALLEST_BESIDE_ENLARGED if scale == 1.0 else SMALLEST_IN_COPY
    most = LARGEST_ENLARGED if scale > 1.0 else LARGEST_BOX
    lower = 0.0 if scale == copies[0] else float(beside)
    upper = float("inf") if scale == copies[-1] else float(most)
    return lower, upper
