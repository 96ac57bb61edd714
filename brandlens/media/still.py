"""The picture of an image job: its header, and its pixels made ready for a detector."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from warnings import catch_warnings, simplefilter

import numpy as np
from PIL import Image, UnidentifiedImageError

from brandlens import results
from brandlens.errors import CorruptMedia, MediaTooLarge
from brandlens.media.dimensions import (
    MAX_STILL_PIXELS,
    detector_size,
    require_pixels,
    require_still_bytes,
)
from brandlens.media.jpeg import encode_jpeg

_FORMATS = ("JPEG", "PNG")
_ORIENTATION = 0x0112
# What makes a picture of each EXIF orientation upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset((5, 6, 7, 8))
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers raise on data that is not what it says it is."""


@dataclass(frozen=True)
class Still:
    """A picture as a detector takes it: upright, RGB, JPEG, within the limits of `media.dimensions`."""

    jpeg: bytes
    warnings: tuple[results.Warning, ...]


def probe_still(data: bytes) -> results.Media:
    """Read a JPEG's or PNG's header, without decoding a pixel.

    Raises `CorruptMedia` when there is none to read, `MediaTooLarge` over `MAX_STILL_PIXELS` or
    `MAX_STILL_BYTES`.
    """
    with _opened(data) as image:
        width, height = image.size
        if _orientation(image) in _SIDEWAYS:
            width, height = height, width
        return results.Media(
            kind="image",
            width=width,
            height=height,
            duration_seconds=None,
            frame_rate=None,
            codec="png" if image.format == "PNG" else "jpeg",
        )


def prepare_still(data: bytes) -> Still:
    """Decode a JPEG or PNG into what a detector takes.

    Its orientation is applied (EXIF that makes no sense counts as upright), CMYK, 16-bit, palette and
    transparent pictures become RGB (transparent parts white), and its sides are scaled to `detector_size`. Of
    an animation the first picture is taken, with the warning `AnimatedPicture`. Raises as `probe_still` does,
    and `CorruptMedia` when the data is cut off or broken.
    """
    with _opened(data) as image:
        warnings = _animation_warning(image)
        orientation = _orientation(image)
        target = detector_size(*image.size)
        image.draft("RGB", target)  # A JPEG larger than needed is scaled down while it is decoded.
        image.load()
        picture = _rgb(image)
        if picture.size != target:
            picture = picture.resize(target, Image.Resampling.LANCZOS)
        if orientation in _TURNS:
            picture = picture.transpose(_TURNS[orientation])
        return Still(encode_jpeg(picture), warnings)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    require_still_bytes(len(data))
    try:
        with catch_warnings():
            # Pillow warns of EXIF data that makes no sense, and of sizes above our own limit.
            simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                require_pixels(*image.size, MAX_STILL_PIXELS)
                yield image
    except Image.DecompressionBombError as error:
        raise MediaTooLarge(
            "The picture is too large",
            f"{error}, and ours is {MAX_STILL_PIXELS}",
            "Scale it down first",
        ) from error
    except BROKEN as error:
        # Of what it does not know, Pillow tells which object it read from.
        why = "" if isinstance(error, UnidentifiedImageError) else f" ({error})"
        raise CorruptMedia(
            "The picture cannot be read", f"its data is cut off or broken{why}", "Export it again"
        ) from error


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 (upright) to 8; 1 when the EXIF data makes no sense."""
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except BROKEN:
        return 1
    return orientation if orientation in range(1, 9) else 1


def _animation_warning(image: Image.Image) -> tuple[results.Warning, ...]:
    frames = getattr(image, "n_frames", 1)
    if image.format != "PNG" or frames == 1:  # A phone's JPEG may hold previews, which are no animation.
        return ()
    message = f"The picture is an animation of {frames} frames: only the first was analyzed."
    return (results.Warning(code="AnimatedPicture", message=message),)


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Pillow would cut 16 bits off at 255.
        return Image.fromarray((np.asarray(image) // 256).astype(np.uint8)).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    background = Image.new("RGB", image.size, "white")
    background.paste(layered, mask=layered)
    return background
