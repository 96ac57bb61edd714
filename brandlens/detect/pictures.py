"""From a picture file's bytes to upright RGB pixels of a bounded size."""

import io
import warnings

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from brandlens.errors import CorruptMedia, MediaTooLarge
from brandlens.media.still import BROKEN

Pixels = npt.NDArray[np.uint8]
"""height x width x 3, RGB."""

MAX_PIXELS = 120_000_000


def decode(data: bytes, *, longest_side: int) -> Image.Image:
    """Decode any picture Pillow reads: first frame, EXIF orientation applied, RGB.

    A picture longer than `longest_side` pixels is scaled down to it; a smaller one is left as it is.
    Transparent parts become white; 16-bit grey is scaled to 8 bits.

    Raises
    ------
    CorruptMedia
        The bytes are no picture, or a damaged one.
    MediaTooLarge
        More than `MAX_PIXELS` pixels.
    """
    try:
        with warnings.catch_warnings():
            # Our own limit stands in for Pillow's, which is a warning; the others are of no use here.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise MediaTooLarge(
                        f"Cannot look at a picture of {image.width} x {image.height} pixels",
                        f"the limit is {MAX_PIXELS // 1_000_000} megapixels",
                        "Scale it down",
                    )
                # JPEG can be decoded at a half, a quarter or an eighth for a fraction of the time.
                image.draft("RGB", (longest_side, longest_side))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((longest_side, longest_side), Image.Resampling.BILINEAR, reducing_gap=2)
                return _rgb(upright)
    except (Image.DecompressionBombError, *BROKEN) as error:
        raise CorruptMedia(
            "Cannot look at a picture", f"its bytes cannot be decoded ({error})", ""
        ) from error


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith(("I", "F")):
        grey = np.asarray(image, dtype=np.float32)
        scale = 257.0 if grey.max(initial=0) > 255 else 1.0
        image = Image.fromarray(np.clip(grey / scale, 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")
