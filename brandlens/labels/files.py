"""Whether a picture file is one that can be learned from, and the one that was labeled."""

import io
from typing import Literal

from PIL import Image

from brandlens.errors import InvalidLabels
from brandlens.labels.pictures import LabeledPicture

MAX_BYTES = 15 * 1024 * 1024
"""Custom Labels' limit of a training picture."""
_ORIENTATION = 0x0112
_ROTATING = frozenset({5, 6, 7, 8})
"""EXIF orientations that swap width and height."""


def checked_format(picture: LabeledPicture, body: bytes) -> Literal["jpeg", "png"]:
    """Return the format of the picture's file, reading its header only.

    Raises `InvalidLabels` where it is neither JPEG nor PNG, too large, or not of the size its labels are for
    (as shown, EXIF orientation applied).
    """
    if len(body) > MAX_BYTES:
        raise _refused(picture, f"it has {len(body)} bytes, and {MAX_BYTES} are the most", "Shrink it")
    try:
        with Image.open(io.BytesIO(body), formats=("JPEG", "PNG")) as image:
            width, height = image.size
            if image.getexif().get(_ORIENTATION) in _ROTATING:
                width, height = height, width
            is_jpeg = image.format != "PNG"
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused(picture, f"it cannot be read as JPEG or PNG ({error})", "Convert it") from error
    if (width, height) != (picture.width, picture.height):
        raise _refused(
            picture,
            f"it is {width} x {height} pixels, and its labels are for {picture.width} x {picture.height}",
            "Label it again at its own size",
        )
    return "jpeg" if is_jpeg else "png"


def _refused(picture: LabeledPicture, why: str, remedy: str) -> InvalidLabels:
    return InvalidLabels(f"{picture.name} cannot be learned from", why, remedy)
