"""The embedded detector: finds labels in a picture with ONNX Runtime alone."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image

from brandlens.detect import artifact, calibration, grid, pyramid
from brandlens.detect.batches import PictureDetector
from brandlens.detect.geometry import Floats, suppress
from brandlens.detect.pictures import Picture, Pixels, decode
from brandlens.detect.pyramid import Mode
from brandlens.detect.second_look import WORTH_A_LOOK, look_again
from brandlens.detect.session import open_session, padded
from brandlens.detect.tiling import tiles
from brandlens.results import Box, Detection

SAME_PLACE = 0.5
"""Overlap above which two finds, of whatever label, are one: the more confident stays."""
LEAST_SCORE = 0.02
"""Scores below are noise whatever confidence is asked for."""
MOST_COMPARED = 300
"""Finds of one picture that are compared with each other; a picture of noise may have thousands."""


class EmbeddedDetector(PictureDetector):
    """brandlens' own detector; implements `brandlens.ports.Detector`. May be shared between threads."""

    def __init__(
        self,
        network: bytes,
        labels: Sequence[artifact.ModelLabel],
        *,
        longest_side: int,
        second_looks: Sequence[float],
        mode: Mode = "fast",
        threads: int = 2,
    ) -> None:
        """Prepare to detect on `threads` threads of the CPU.

        Raises
        ------
        InvalidInput
            There is no such mode, or there are no threads.
        ModelFailed
            ONNX Runtime refuses the network.
        """
        pyramid.require_mode(mode)
        self._session = open_session(network, threads=threads)
        self._labels = [label.name for label in labels]
        self._operating = np.asarray([label.operating_score for label in labels])
        self._longest_side = longest_side
        self._second_looks = second_looks
        self._enlarged = mode == "accurate"

    @classmethod
    def of(cls, trained: artifact.Trained, *, mode: Mode = "fast", threads: int = 2) -> Self:
        """Return the detector that a training gave."""
        description = trained.description
        return cls(
            trained.network,
            description.labels,
            longest_side=description.longest_side,
            second_looks=description.second_looks,
            mode=mode,
            threads=threads,
        )

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._labels)

    def detect(self, image: Picture, *, min_confidence: float) -> tuple[Detection, ...]:
        """Return what is found at `min_confidence` percent or more, in descending confidence.

        `image` is a file of any kind Pillow reads, its bytes, or pixels: height x width x 3, RGB, uint8.
        Boxes are fractions of the upright picture. Raises `CorruptMedia`, `InvalidInput`, `MediaTooLarge`.
        """
        calibration.require_percent(min_confidence)
        return self._look(self._decode(image), min_confidence)

    def _decode(self, image: Picture) -> Image.Image:
        # The enlarged copy gets what the picture has to give; only beyond that is it blurred.
        enlargement = pyramid.ENLARGEMENT if self._enlarged else 1.0
        return decode(image, longest_side=round(self._longest_side * enlargement))

    def _look(self, picture: Image.Image, min_confidence: float) -> tuple[Detection, ...]:
        least = [calibration.score_at(min_confidence, operating) for operating in self._operating]
        # What scores little at first may score more at the second look.
        thresholds = np.clip(np.asarray(least, np.float32), LEAST_SCORE, WORTH_A_LOOK)
        boxes, labels, scores = self._finds(picture, thresholds)
        percents = np.asarray(self._percents(labels, scores), np.float32)
        best = np.argsort(-percents, kind="stable")[:MOST_COMPARED]
        if best.size:
            best = best[suppress(boxes[best], percents[best], limit=SAME_PLACE)]
        boxes, labels = boxes[best], labels[best]
        scores = look_again(self._ask, picture, boxes, labels, scores[best], lengths=self._second_looks)
        size = np.tile(np.asarray(picture.size, np.float32), 2)
        found = [
            Detection(
                label=self._labels[label],
                confidence=round(percent, 3),
                box=_box(box / size),
            )
            for box, label, percent in zip(boxes, labels, self._percents(labels, scores), strict=True)
        ]
        found.sort(key=lambda one: -one.confidence)
        return tuple(one for one in found if one.confidence >= min_confidence)

    def _percents(self, labels: npt.NDArray[np.intp], scores: Floats) -> list[float]:
        return [
            calibration.confidence(score, self._operating[label])
            for label, score in zip(labels, scores.tolist(), strict=True)
        ]

    def _ask(self, pixels: Pixels) -> tuple[Floats, Floats]:
        peaks, distances = self._session.run(None, {"pictures": padded(pixels)})
        return peaks[0], distances[0]

    def _finds(self, picture: Image.Image, thresholds: Floats) -> tuple[Floats, npt.NDArray[np.intp], Floats]:
        """Look at every copy of the picture: boxes in its pixels, clipped to it, label indices and scores."""
        shown = min(1.0, self._longest_side / max(picture.size))
        copies = pyramid.scales(
            round(picture.width * shown), round(picture.height * shown), enlarged=self._enlarged
        )
        boxes, labels, scores = [], [], []
        for scale in copies:
            width, height = (max(1, round(side * shown * scale)) for side in picture.size)
            edges = np.asarray((width, height) * 2, np.float32)
            shortest, longest = pyramid.size_range(scale, copies)
            for tile in tiles(width, height, reach=min(longest, pyramid.LARGEST_BOX)):
                peaks, distances = self._ask(_cut(picture, (width, height), tile.seen))
                found, which, score = grid.decode(peaks, distances, thresholds)
                found = np.clip(found + np.tile(np.asarray(tile.seen[:2], np.float32), 2), 0, edges)
                sides = found[:, 2:] - found[:, :2]
                fits = (sides.max(axis=1) >= shortest) & (sides.max(axis=1) <= longest)
                fits &= (sides.min(axis=1) >= 1) & tile.answers_for(found)
                boxes.append(found[fits] * np.tile(np.asarray(picture.size, np.float32), 2) / edges)
                labels.append(which[fits])
                scores.append(score[fits])
        return np.concatenate(boxes).astype(np.float32), np.concatenate(labels), np.concatenate(scores)


def _cut(picture: Image.Image, size: tuple[int, int], area: tuple[int, int, int, int]) -> Pixels:
    """Return the pixels of `area` (left, top, right, bottom) of the copy of `picture` that has `size`."""
    left, top, right, bottom = area
    across, down = picture.width / size[0], picture.height / size[1]
    if picture.size != size:
        cut = picture.resize(
            (right - left, bottom - top),
            Image.Resampling.BILINEAR,
            box=(left * across, top * down, right * across, bottom * down),
            reducing_gap=2,
        )
    else:
        cut = picture if (right - left, bottom - top) == size else picture.crop(area)
    return np.asarray(cut, dtype=np.uint8)


def _box(fractions: Floats) -> Box:
    left, top, right, bottom = (float(np.clip(side, 0, 1)) for side in fractions)
    return Box(left=left, top=top, width=right - left, height=bottom - top)
