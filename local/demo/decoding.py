"""Frames out of a clip, in order."""

from collections.abc import Collection, Iterator
from pathlib import Path

import cv2
import numpy as np

from brandlens.errors import CorruptMedia
from local.demo.compositing import Picture


def frames(file: Path, first: int, last: int) -> Iterator[Picture]:
    """Yield the frames numbered `first` up to, not including, `last`, as BGR.

    Raises
    ------
    CorruptMedia
        The clip ends early or cannot be read.
    """
    return chosen(file, range(first, last))


def chosen(file: Path, numbers: Collection[int]) -> Iterator[Picture]:
    """Yield the frames of those numbers as BGR, in the clip's order, in one pass; raises as `frames` does."""
    start, end = min(numbers), max(numbers) + 1
    reader = cv2.VideoCapture(str(file), cv2.CAP_FFMPEG)
    try:
        # OpenCV decodes from the key frame before `start` and counts from there: exact, and far cheaper
        reader.set(cv2.CAP_PROP_POS_FRAMES, start)
        for number in range(start, end):
            if not reader.grab():
                raise CorruptMedia(
                    f"{file.name} cannot be read", f"it holds {number} frames where {end} are needed"
                )
            if number in numbers:
                _, picture = reader.retrieve()
                yield np.asarray(picture, np.uint8)
    finally:
        reader.release()
