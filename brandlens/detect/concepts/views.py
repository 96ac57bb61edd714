"""Versions of a picture to learn from: parts of it in other light, blurred or compressed; never mirrored."""

import numpy as np
from PIL import Image

from brandlens.detect.training.augment import Chance, degrade

LEAST_AREA = 0.6
"""Share of the picture that a version shows at least."""
STRETCH = 0.15
"""How much a version may be wider or narrower than its picture, as a logarithm."""


def view(picture: Image.Image, chance: Chance) -> Image.Image:
    """Cut a random part and degrade it; it has its own size."""
    side = np.sqrt(chance.uniform(LEAST_AREA, 1.0))
    stretch = np.exp(chance.uniform(-STRETCH, STRETCH))
    width = max(1, min(picture.width, round(picture.width * side * stretch)))
    height = max(1, min(picture.height, round(picture.height * side / stretch)))
    left = int(chance.integers(0, picture.width - width + 1))
    top = int(chance.integers(0, picture.height - height + 1))
    return degrade(picture.crop((left, top, left + width, top + height)), chance)
