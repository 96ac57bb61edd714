"""Another ground for a labeled logo: a few pictures show it on few colours, and it must be known on any.

A logo on a plain ground is a mix of ink and ground in every pixel. The ground's share is what the pixel lacks
of the ink's distance from the ground, and that share alone takes the new colour, so soft edges stay soft.
"""

import numpy as np
from PIL import Image

from brandlens.detect.geometry import Floats
from brandlens.detect.training.augment import Chance, random_colour

PLAIN = 18.0
"""Gray levels by which what surrounds a box differs from its median on average, at most, where plain."""
LEAST_APART = 30.0
"""Distance in RGB from the ground below which nothing is sure to be ink."""
FAINT = 0.5
"""Share of new grounds that are near the ink's own colour: a sponsor's board is not chosen for contrast."""
NEAREST, FARTHEST = 0.2, 0.6
"""How far such a ground is from the ink, of the way to a colour picked by chance."""


def reground(patch: Image.Image, box: Floats, chance: Chance) -> Image.Image:
    """Return the patch with another ground, or as it is where its ground is not plain.

    `patch` is an RGB image with something of what surrounds the logo, `box` the logo's place in it: left,
    top, right, bottom in pixels.
    """
    pixels = np.asarray(patch, dtype=np.float32)
    height, width = pixels.shape[:2]
    left, top, right, bottom = np.clip(np.round(box).astype(int), 0, [width, height, width, height])
    inside = np.zeros((height, width), bool)
    inside[top:bottom, left:right] = True
    if inside.all() or not inside.any():
        return patch
    around = pixels[~inside]
    ground = np.median(around, axis=0)
    apart = np.linalg.norm(pixels - ground, axis=2)
    # Well short of the farthest, which noise and sharpening overshoot.
    ink_apart = 0.7 * float(np.percentile(apart[inside], 95))
    if np.abs(around - ground).mean() > PLAIN or ink_apart < LEAST_APART:
        return patch
    new = np.asarray(random_colour(chance), np.float32)
    if chance.random() < FAINT:
        inked = pixels[inside & (apart >= ink_apart)]
        ink = inked[chance.integers(len(inked))]
        new = ink + (new - ink) * chance.uniform(NEAREST, FARTHEST)
    ground_share = 1 - np.clip(apart / ink_apart, 0, 1)
    changed = pixels + ground_share[..., None] * (new - ground)
    return Image.fromarray(np.clip(changed, 0, 255).astype(np.uint8))
