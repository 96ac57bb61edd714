"""Whether a picture file is one that can be learned from, and the one that was labeled."""

import io
from typing import Literal

from brandlens.errors import InvalidLabels
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.sizes import Size, read_header

MAX_BYTES = 15 * 1024 * 1024
"""Custom Labels' limit of a training picture."""


def checked_format(picture: LabeledPicture, body: bytes) -> Literal["jpeg", "png"]:
    """Return the format of the picture's file, reading its header only.

    Raises `InvalidLabels` where it is neither JPEG nor PNG, too large, or not of the size its labels are for
    (as shown, EXIF orientation applied).
    """
    if len(body) > MAX_BYTES:
        raise InvalidLabels(
            f"{picture.name} cannot be learned from",
            f"it has {len(body)} bytes, and {MAX_BYTES} are the most",
            "Shrink it",
        )
    header = read_header(io.BytesIO(body), name=picture.name)
    require_size(picture, header.size)
    return header.format


def require_size(picture: LabeledPicture, size: Size) -> None:
    """Refuse labels for a picture of another size than `size`, the file's."""
    if size != (picture.width, picture.height):
        raise InvalidLabels(
            f"{picture.name} cannot be learned from",
            f"it is {size} pixels, and its labels are for {picture.width} x {picture.height}",
            "Label it again at its own size",
        )
