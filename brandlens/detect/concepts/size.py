"""The size in which a whole picture is looked at."""

import math

from PIL import Image

SIDE = 256
"""Pictures are looked at with the area of a square of this side, in pixels, and their own proportions."""
ALIGNMENT = 32
"""The network takes sides that are multiples of this."""
LONGEST = 1024
"""A very long picture is not looked at longer than this; it is then pressed together."""
DECODED = 640
"""Longest side at which pictures are decoded: enough to cut views of `SIDE` from."""


def fitted(picture: Image.Image, *, side: int) -> Image.Image:
    """Return the whole picture resized to about side x side pixels in area.

    Each side is rounded to the alignment: that distorts a little, but padding would be seen as content.
    """
    scale = side / math.sqrt(picture.width * picture.height)
    width, height = (
        min(LONGEST, max(ALIGNMENT, round(length * scale / ALIGNMENT) * ALIGNMENT)) for length in picture.size
    )
    return picture.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2)
