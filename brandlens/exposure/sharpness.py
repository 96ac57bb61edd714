"""How crisp a brand shows."""

import numpy as np
from numpy.typing import NDArray

HALF_SHARP = 100.0
"""Variance that scores 0.5: the customary threshold under which an 8-bit picture is called blurred."""


def sharpness_of(gray: NDArray[np.uint8]) -> float | None:
    """Return how crisp a picture is, from 0 (blurred or blank) to just under 1.

    `gray` has shape (height, width), 8 bits. The measure is the variance v of the Laplacian (4 neighbours),
    as v / (v + 100). Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy: a comparative
    study", ICPR 2000. None for a picture under 3 pixels a side, which has no Laplacian.
    """
    if min(gray.shape) < 3:
        return None
    pixels = gray.astype(np.float64)
    neighbours = pixels[:-2, 1:-1] + pixels[2:, 1:-1] + pixels[1:-1, :-2] + pixels[1:-1, 2:]
    variance = float(np.var(neighbours - 4 * pixels[1:-1, 1:-1]))
    return variance / (variance + HALF_SHARP)
