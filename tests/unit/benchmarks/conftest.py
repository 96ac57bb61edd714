"""Logos and backgrounds drawn on the spot, so that the benchmark's data are tested without any package."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.detector.backgrounds import Backgrounds
from benchmarks.detector.logos import Artwork, artwork_of


def _ring(label: str, colour: tuple[int, int, int]) -> Artwork:
    """A ring with a bar to its right, in one RGB colour."""
    pixels = np.zeros((160, 400, 4), np.uint8)
    cv2.circle(pixels, (80, 80), 60, (*colour, 255), 24, cv2.LINE_AA)
    cv2.rectangle(pixels, (180, 60), (390, 100), (*colour, 255), -1)
    return artwork_of(label, pixels)


@pytest.fixture(scope="session")
def logos() -> dict[str, Artwork]:
    return {"red": _ring("red", (230, 20, 30)), "blue": _ring("blue", (20, 60, 230))}


@pytest.fixture(scope="session")
def backgrounds(tmp_path_factory: pytest.TempPathFactory) -> Backgrounds:
    """Three pictures of soft colours, as photographs and as the stills of a shot."""
    folder, rng, files = tmp_path_factory.mktemp("backgrounds"), np.random.default_rng(7), {}
    for name in ("one", "two", "three"):
        coarse = rng.integers(40, 200, (6, 10, 3)).astype(np.uint8)
        files[name] = Path(folder) / f"{name}.png"
        cv2.imwrite(str(files[name]), cv2.resize(coarse, (1400, 800), interpolation=cv2.INTER_CUBIC))
    return Backgrounds(files, {"shot": list(files.values())}, {})
