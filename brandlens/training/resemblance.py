"""Which pictures look alike: a difference hash finds candidates, and a closer look tells near-duplicates.

The hash (`dhash`: 64 horizontal and 64 vertical gradients of the picture at 9 x 9 pixels) survives scaling
and compression, and cannot see a small logo. So pictures of close hashes are alike, and near-duplicates only
where `brandlens.media.novelty` finds nothing new in one against the other, as between frames of one video.
"""

import dhash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from brandlens.media.jpeg import gray_thumbnail
from brandlens.media.novelty import difference

_SIZE = 8
ALIKE_BITS = 10
"""Of 128 bits, how many may differ between hashes of pictures that look alike; unrelated ones differ in some
64."""


def fingerprint(jpeg: bytes) -> int:
    """Return the difference hash of a JPEG, 128 bits."""
    small = Image.fromarray(gray_thumbnail(jpeg)).resize((_SIZE + 1, _SIZE + 1), Image.Resampling.LANCZOS)
    bits: int = dhash.dhash_int(list(small.tobytes()), size=_SIZE)
    return bits


def shows_nothing_new(jpeg: bytes, other: bytes, threshold: float) -> bool:
    """Whether no part of two pictures differs by more than `threshold` gray levels."""
    return difference(gray_thumbnail(jpeg), gray_thumbnail(other)) <= threshold


class Fingerprints:
    """Every fingerprint seen so far, in the order they came."""

    def __init__(self, room: int) -> None:
        """Make room for as many as will come at most."""
        self._seen: NDArray[np.uint64] = np.empty((room, 2), np.uint64)
        self._count = 0

    def add(self, bits: int) -> None:
        self._seen[self._count] = _halves(bits)
        self._count += 1

    def alike(self, bits: int) -> list[int]:
        """Return the places of those that look like this one."""
        differing = np.bitwise_count(self._seen[: self._count] ^ _halves(bits)).sum(axis=1)
        places: list[int] = np.flatnonzero(differing <= ALIKE_BITS).tolist()
        return places


def _halves(bits: int) -> NDArray[np.uint64]:
    return np.array([bits >> 64, bits & (1 << 64) - 1], np.uint64)
