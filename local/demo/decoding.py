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
        # By its index an MP4 is entered exactly, at the key frame before `start`, which is far cheaper than
        # decoding up to it; an MPEG program stream has no index and loses frames at its end.
        entered = file.suffix == ".mp4" and reader.set(cv2.CAP_PROP_POS_FRAMES, start)
        for number in range(start if entered else 0, end):
            if not reader.grab():
                raise CorruptMedia(
                    f"{file.name} cannot be read", f"it holds {number} frames where {end} are needed"
                )
            if number in numbers:
                _, picture = reader.retrieve()
                yield np.asarray(picture, np.uint8)
    finally:
        reader.release()
