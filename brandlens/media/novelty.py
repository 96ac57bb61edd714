"""Novelty: does a frame show anything that the last kept one did not?

Frames are compared as small gray pictures (`media.jpeg.gray_thumbnail`), block by block. A block's difference
is the mean absolute difference of its pixels, in gray levels of 0 to 255. A frame is novel when its most
different block differs by more than the threshold: one small changing area, such as an LED board, is enough,
while noise averages out within every block. Comparing with the last kept frame, not the one before, lets slow
change add up.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from brandlens.media.extraction import DecodedFrame
from brandlens.media.jpeg import Gray, gray_thumbnail
from brandlens.results import SampledFrame

BLOCK = 4
"""Side of a block in pixels of the small picture: 1/40 of the picture's width."""

DEFAULT_THRESHOLD = 6.0
"""Gray levels. Heavy sensor noise (sigma 12 at 1280 x 720) and JPEG noise stay below 3; a line of text that
changes on a board of 1/20 of the width exceeds 20."""


def difference(one: Gray, other: Gray) -> float:
    """Return the difference of the most different block, in gray levels of 0 to 255; 255 for unlike sizes."""
    if one.shape != other.shape:
        return 255.0
    return float(_block_means(np.abs(one.astype(np.int16) - other)).max())


def _block_means(values: NDArray[np.int16]) -> NDArray[np.float64]:
    """Means of the blocks of a picture (height, width); blocks at the right and lower edge may be smaller."""
    rows, columns = (np.arange(0, side, BLOCK) for side in values.shape)
    sums = np.add.reduceat(np.add.reduceat(values, rows, axis=0, dtype=np.int64), columns, axis=1)
    heights = np.diff(np.append(rows, values.shape[0]))
    widths = np.diff(np.append(columns, values.shape[1]))
    means: NDArray[np.float64] = sums / np.outer(heights, widths)
    return means


class NoveltyGate:
    """Decides frame by frame, in order of time, which of one segment are kept. The first one always is."""

    def __init__(self, threshold: float = DEFAULT_THRESHOLD) -> None:
        self._threshold = threshold
        self._kept: tuple[int, Gray] | None = None

    def carried_from(self, index: int, picture: Gray) -> int | None:
        """Return the index of the kept frame that this one shows nothing new against; None when it is
        kept."""
        if self._kept is not None and difference(picture, self._kept[1]) <= self._threshold:
            return self._kept[0]
        self._kept = (index, picture)
        return None


def mark_carried(
    frames: Iterable[DecodedFrame], threshold: float
) -> Iterator[tuple[SampledFrame, DecodedFrame]]:
    """Yield each frame of one segment, in order of time, as sampled and as decoded."""
    gate = NoveltyGate(threshold)
    for frame in frames:
        carried_from = gate.carried_from(frame.index, gray_thumbnail(frame.jpeg))
        yield SampledFrame(index=frame.index, seconds=frame.seconds, carried_from=carried_from), frame
