"""How one picture is looked at in several sizes, so that the network meets every logo in a size it learned.

The network is taught boxes of at most `LARGEST_BOX` pixels; a larger logo is found in a smaller copy of the
picture. Each copy answers for its own range of sizes and the ranges overlap, so no size falls between two.
"""

LONGEST_SIDE = 1280
"""Pictures are scaled down to this many pixels before anything else; logos too small after that are lost."""
STEP = 0.4
"""Size of each copy of the picture relative to the one before."""
LARGEST_BOX = 176
"""Longest side, in pixels of the copy it is found in, of the boxes the network answers for."""
SMALLEST_IN_COPY = 40
"""Longest side, in pixels of a smaller copy, below which boxes are left to the next larger copy."""


def scales(width: int, height: int) -> tuple[float, ...]:
    """Return the scale of each copy of a `width` x `height` picture: 1 first, descending.

    The last copy is the first in which the whole picture is no longer than the largest box.
    """
    longest = max(width, height)
    found = [1.0]
    while longest * found[-1] > LARGEST_BOX:
        found.append(found[-1] * STEP)
    return tuple(found)


def size_range(scale: float, smallest: float) -> tuple[float, float]:
    """Return the shortest and longest side that the copy at `scale` answers for, in pixels of that copy.

    `smallest` is the scale of the last copy, which answers for everything above its lower limit.
    """
    lower = 0.0 if scale == 1.0 else float(SMALLEST_IN_COPY)
    upper = float("inf") if scale == smallest else float(LARGEST_BOX)
    return lower, upper
