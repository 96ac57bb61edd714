"""Footage made up for tests: textured scenes that pan, so that nothing has to be fetched."""

from pathlib import Path

import cv2
import numpy as np

from local.demo.compositing import Picture
from local.demo.encoding import encode

WIDTH, HEIGHT = 640, 360


def texture(seed: int, width: int = 900, height: int = 500) -> Picture:
    """Return a scene full of corners, in mild colours."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(60, 200, (height // 12, width // 12, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def pan(seed: int, count: int, step: tuple[int, int] = (3, 1)) -> list[Picture]:
    """Return `count` frames of a camera that moves over a scene by `step` pixels a frame."""
    scene = texture(seed)
    return [
        scene[
            20 + step[1] * k : 20 + step[1] * k + HEIGHT, 30 + step[0] * k : 30 + step[0] * k + WIDTH
        ].copy()
        for k in range(count)
    ]


def write(file: Path, seed: int, count: int) -> Path:
    """Write a pan as a clip."""
    encode(pan(seed, count), file, WIDTH, HEIGHT, 25)
    return file
