"""JPEG bytes: made small enough for a detector, and looked at in small."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from brandlens.media.dimensions import MAX_JPEG_BYTES

Gray = NDArray[np.uint8]

_QUALITIES = (90, 80, 65, 50, 30, 10)
GRAY_WIDTH = 160
"""Width, in pixels, of the small gray pictures that frames are compared by."""


def encode_jpeg(image: Image.Image) -> bytes:
    """Encode an RGB picture at the best quality that stays within `MAX_JPEG_BYTES`."""
    for quality in _QUALITIES:
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=quality)
        if buffer.tell() <= MAX_JPEG_BYTES:
            break
    return buffer.getvalue()


def fit_jpeg(jpeg: bytes) -> bytes:
    """Return `jpeg` itself, or the same picture at lower quality when it exceeds `MAX_JPEG_BYTES`."""
    if len(jpeg) <= MAX_JPEG_BYTES:
        return jpeg
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
        return encode_jpeg(image)


def gray_thumbnail(jpeg: bytes) -> Gray:
    """Return the luma of a JPEG, about `GRAY_WIDTH` pixels wide, as an array (height, width) of 0 to 255.

    The decoder scales while it decodes (to eighths, libjpeg's draft mode), so this costs a fraction of
    decoding; averaging the rest also takes most of a camera's noise away.
    """
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
        height = max(1, round(GRAY_WIDTH * image.height / image.width))
        image.draft("L", (GRAY_WIDTH, height))
        luma = image.convert("L")
    if luma.width > GRAY_WIDTH:
        luma = luma.resize((GRAY_WIDTH, height), Image.Resampling.BOX)
    return np.asarray(luma)
