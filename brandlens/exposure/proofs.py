"""What the proof pictures show: how crisp each brand is, and a small picture for the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, UnidentifiedImageError

from brandlens.errors import InvalidInput
from brandlens.exposure.exposures import Exposures
from brandlens.exposure.metrics import seconds_of
from brandlens.exposure.sharpness import sharpness_of
from brandlens.results import Appearance, Box

MAX_PICTURES = 60
"""Pictures inlined into a report, which keeps it to about 2 MB however much was found."""

_FRAME_WIDTH = 480
_STILL_WIDTH = 1280
_JPEG_QUALITY = 78


@dataclass(frozen=True)
class Proof:
    """What one proof frame shows. `thumbnail` is a JPEG, None where the report leaves the picture out."""

    index: int
    sharpness: Mapping[str, float | None]
    """By appearance id."""
    thumbnail: bytes | None


def prove(exposures: Exposures, index: int, picture: bytes) -> Proof:
    """Look at the picture of one of `exposures.proof_frames`.

    `picture` is the frame as it was given to the detector, JPEG or PNG. Raises `InvalidInput` for anything
    else.
    """
    image = _decode(index, picture)
    gray = image.convert("L")
    own = [a for a in exposures.appearances if a.proof_frame.index == index]
    sharpness = {a.id: sharpness_of(np.asarray(_crop(gray, a.proof_frame.box))) for a in own}
    width = _STILL_WIDTH if exposures.media.kind == "image" else _FRAME_WIDTH
    shown = not pictured(exposures.appearances).isdisjoint(a.id for a in own)
    return Proof(index=index, sharpness=sharpness, thumbnail=_thumbnail(image, width) if shown else None)


def pictured(appearances: Sequence[Appearance]) -> frozenset[str]:
    """Return the ids of the appearances that the report shows with a picture.

    The longest ones, but first the longest of each brand, so that no brand goes without.
    """
    longest_first = sorted(appearances, key=lambda a: -(seconds_of(a) or 0.0))
    first_of_brand: dict[str, Appearance] = {}
    for appearance in longest_first:
        first_of_brand.setdefault(appearance.label, appearance)
    ranked = dict.fromkeys(a.id for a in (*first_of_brand.values(), *longest_first))
    return frozenset(list(ranked)[:MAX_PICTURES])


def _decode(index: int, picture: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(picture), formats=("JPEG", "PNG"))
        image.load()
    except (UnidentifiedImageError, OSError) as error:
        raise InvalidInput(
            f"proof frame {index} cannot be read", "it is no whole JPEG or PNG", "Analyze the file again"
        ) from error
    return image


def _crop(image: Image.Image, box: Box | None) -> Image.Image:
    """Cut out a box, widened to whole pixels and kept inside the picture."""
    if box is None:
        return image
    width, height = image.size
    left, top = max(int(box.left * width), 0), max(int(box.top * height), 0)
    right = min(int(np.ceil((box.left + box.width) * width)), width)
    bottom = min(int(np.ceil((box.top + box.height) * height)), height)
    return image.crop((left, top, max(right, left), max(bottom, top)))


def _thumbnail(image: Image.Image, width: int) -> bytes:
    small = image.convert("RGB")
    small.thumbnail((width, width), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return out.getvalue()
