"""From a picture as a caller has it to upright RGB pixels of a bounded size."""

import io
import threading
import warnings
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from brandlens.detect.files import read_file
from brandlens.errors import CorruptMedia, InvalidInput, MediaTooLarge
from brandlens.media.still import BROKEN

Pixels = npt.NDArray[np.uint8]
"""height x width x 3, RGB."""
Picture = Path | bytes | Pixels
"""A picture file, such a file's bytes, or pixels."""

MAX_PIXELS = 120_000_000
_HEADER = threading.Lock()
"""Filters of warnings are the process's: two threads that set and restore them would get them mixed up."""


def decode(picture: Picture, *, longest_side: int) -> Image.Image:
    """Decode any picture Pillow reads (first frame, EXIF orientation applied, RGB), or take given pixels.

    A picture longer than `longest_side` pixels is scaled down to it; a smaller one is left as it is.
    Transparent parts become white; 16-bit grey is scaled to 8 bits.

    Raises
    ------
    CorruptMedia
        The file is no picture, or a damaged one.
    InvalidInput
        The file cannot be read, or pixels are not height x width x 3 of 8 bits.
    MediaTooLarge
        More than `MAX_PIXELS` pixels.
    """
    if isinstance(picture, np.ndarray):
        image = _of_pixels(picture)
        _shrink(image, longest_side)
        return image
    data, name = (read_file(picture), str(picture)) if isinstance(picture, Path) else (picture, "a picture")
    try:
        with _opened(data) as image:
            _require_size(*image.size)
            # JPEG can be decoded at a half, a quarter or an eighth for a fraction of the time.
            image.draft("RGB", (longest_side, longest_side))
            _shrink(image, longest_side)
            image.load()
            with suppress(*BROKEN):  # EXIF data that makes no sense counts as upright
                ImageOps.exif_transpose(image, in_place=True)
            return _rgb(image)
    except Image.DecompressionBombError as error:
        raise MediaTooLarge(f"Cannot look at {name}", str(error), "Scale it down") from error
    except UnidentifiedImageError as error:  # whose words name an object of Python's
        raise CorruptMedia(
            f"Cannot look at {name}", "its bytes are no picture of a kind that is known", "Export it again"
        ) from error
    except BROKEN as error:
        raise CorruptMedia(
            f"Cannot look at {name}", f"its bytes cannot be decoded ({error})", "Export it again"
        ) from error


def _opened(data: bytes) -> Image.Image:
    with _HEADER, warnings.catch_warnings():
        # Pillow warns of sizes, for which we have a limit of our own, and of EXIF data that makes no sense.
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(data))
        with suppress(*BROKEN):
            image.getexif()
        return image


def _of_pixels(pixels: Pixels) -> Image.Image:
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        raise InvalidInput(
            "Cannot look at pixels",
            f"they are {pixels.dtype} in the shape {' x '.join(map(str, pixels.shape))}",
            "Give height x width x 3 of uint8, RGB",
        )
    _require_size(pixels.shape[1], pixels.shape[0])
    return Image.fromarray(pixels)


def _require_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise MediaTooLarge(
            "Cannot look at a picture",
            f"it has {width} x {height} pixels, and the limit is {MAX_PIXELS // 1_000_000} megapixels",
            "Scale it down",
        )


def _shrink(image: Image.Image, longest_side: int) -> None:
    # Modes of 16 and 32 bits cannot be reduced, which is faster and no more than that.
    gap = None if image.mode.startswith(("I", "F")) else 2
    image.thumbnail((longest_side, longest_side), Image.Resampling.BILINEAR, reducing_gap=gap)


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB" and not image.has_transparency_data:
        return image
    if image.mode.startswith(("I", "F")):
        grey = np.nan_to_num(np.asarray(image, dtype=np.float32))
        # 32 bits may hold a range of any kind: that of 8 bits where it fits.
        scale = 257.0 if image.mode.startswith("I;16") or grey.max(initial=0) > 255 else 1.0
        image = Image.fromarray(np.clip(grey / scale, 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")
