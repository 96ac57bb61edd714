"""COCO's detection metrics over brandlens' own values: pycocotools does the matching and the averaging.

In descending confidence, a detection is right if it overlaps a box of its label by the overlap asked for or
more (intersection over union) that no better detection has taken; otherwise it is false. Average precision is
the mean of the precision envelope at 101 recalls (https://cocodataset.org/#detection-eval).
"""

import io
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from brandlens.detect.evaluation.figures import CurvePoint
from brandlens.detect.evaluation.ranking import Ranking
from brandlens.results import Box, Detection

Truth = Sequence[tuple[str, Box]]
Shape = tuple[int, int]
"""A picture's width and height in pixels, or anything in that proportion."""

OVERLAP = 0.5
OVERLAPS = tuple(np.linspace(0.5, 0.95, 10).tolist())
"""What mAP@0.5:0.95 is the mean of."""
MOST_FINDS = 300
"""Finds of one label in one picture that count, the most confident first."""
LONGEST_SIDE = 1280
"""Pixels; sizes are those of boxes in the picture scaled, up or down, to this longest side."""


@dataclass(frozen=True, slots=True)
class Size:
    """A range of the longest side of a box in pixels, both ends included, at `LONGEST_SIDE`."""

    name: str
    shortest: float
    longest: float


ANY_SIZE = Size("any", 0, np.inf)
SIZES = (
    Size("under 64 px", 0, float(np.nextafter(64, 0))),
    Size("64 to 176 px", 64, 176),
    Size("over 176 px", float(np.nextafter(176, np.inf)), np.inf),
)
"""By the longest side, for logos are flat: COCO's own ranges are of areas.

A range asks for its own boxes alone. As COCO does, a box of another size is neither asked for nor wrong to
find, and a false find of another size is not held against the range.
"""


class Matches:
    """Detections matched with the truth, picture by picture.

    Truths, detections and shapes go picture by picture; boxes and detections of labels not named, and
    detections without a box, are left out. Without `across_labels` a detection can match its own label only.
    """

    def __init__(
        self,
        truths: Sequence[Truth],
        detections: Sequence[Sequence[Detection]],
        labels: Sequence[str],
        *,
        shapes: Sequence[Shape] | None = None,
        overlaps: Sequence[float] = (OVERLAP,),
        sizes: Sequence[Size] = (ANY_SIZE,),
        across_labels: bool = False,
    ) -> None:
        self._labels = list(labels)
        self._sizes = list(sizes)
        shapes = shapes or [(1, 1)] * len(truths)
        boxes, finds = [], []
        for picture, (truth, found, shape) in enumerate(zip(truths, detections, shapes, strict=True)):
            boxes += [self._annotation(picture, label, box, shape) for label, box in truth if label in labels]
            finds += [
                self._annotation(picture, one.label, one.box, shape) | {"score": one.confidence}
                for one in found
                if one.box and one.label in labels
            ]
        with redirect_stdout(io.StringIO()):  # pycocotools prints what it does
            run = COCOeval(self._dataset(boxes, len(truths)), self._dataset(finds, len(truths)), "bbox")
            run.params.iouThrs = np.asarray(overlaps)
            run.params.areaRng = [(size.shortest, size.longest) for size in sizes]
            run.params.maxDets = [MOST_FINDS]
            run.params.useCats = int(not across_labels)
            run.evaluate()
            run.accumulate()
        self._run = run

    def _annotation(self, picture: int, label: str, box: Box, shape: Shape) -> dict[str, Any]:
        width, height = (LONGEST_SIDE * (side / max(shape)) for side in shape)
        sides = [box.left * width, box.top * height, box.width * width, box.height * height]
        return {
            "image_id": picture,
            "category_id": self._labels.index(label),
            "bbox": sides,
            # What COCO picks sizes by.
            "area": max(sides[2:]),
            "iscrowd": 0,
        }

    def _dataset(self, annotations: list[dict[str, Any]], pictures: int) -> COCO:
        coco = COCO()
        coco.dataset = {
            "images": [{"id": number} for number in range(pictures)],
            "categories": [{"id": number, "name": label} for number, label in enumerate(self._labels)],
            # Ids from 1 on: COCOeval takes a match with id 0 for none.
            "annotations": [annotation | {"id": n} for n, annotation in enumerate(annotations, start=1)],
        }
        coco.createIndex()
        return coco

    def ranking(self, label: str) -> Ranking:
        """Return the label's detections at the first overlap, of the first size."""
        pictures = self._pictures(self._labels.index(label), 0)
        empty = np.empty(0)
        scores = np.concatenate([empty, *(one["dtScores"] for one in pictures)])
        right = np.concatenate([empty, *(one["dtMatches"][0] for one in pictures)]) > 0
        order = np.argsort(-scores, kind="stable")
        return Ranking(scores[order], right[order], sum(len(one["gtIds"]) for one in pictures))

    def average_precision(
        self, label: str, *, size: Size = ANY_SIZE, overlap: float | None = None
    ) -> float | None:
        """Return it at one overlap, or its mean over all; None where there is nothing to find."""
        overlaps = slice(None) if overlap is None else [self._run.params.iouThrs.tolist().index(overlap)]
        place = self._labels.index(label), self._sizes.index(size)
        precision = self._run.eval["precision"][overlaps, :, place[0], place[1], 0]
        return None if precision.min(initial=1) < 0 else float(precision.mean())

    def mean_average_precision(self, *, size: Size = ANY_SIZE, overlap: float | None = None) -> float | None:
        """Return the mean over the labels there are boxes of; None where there is nothing to find."""
        each = [self.average_precision(label, size=size, overlap=overlap) for label in self._labels]
        known = [value for value in each if value is not None]
        return float(np.mean(known)) if known else None

    def boxes(self, size: Size) -> int:
        """Count the boxes there are of a size."""
        place = self._sizes.index(size)
        return sum(
            int((one["gtIgnore"] == 0).sum())
            for label in range(len(self._labels))
            for one in self._pictures(label, place)
        )

    def curve(self, label: str) -> tuple[CurvePoint, ...]:
        """Return precision and recall at the first overlap, of the first size: a point every 0.02 of recall.

        It ends where recall does; it is empty where nothing is found or there is nothing to find.
        """
        place = self._labels.index(label)
        reached = self._run.eval["recall"][0, place, 0, 0]
        rows: npt.NDArray[np.float64] = np.stack([
            self._run.params.recThrs,
            self._run.eval["precision"][0, :, place, 0, 0],
            self._run.eval["scores"][0, :, place, 0, 0],
        ])  # fmt: skip
        return tuple(
            CurvePoint(
                recall=round(recall, 2), precision=round(precision, 4), confidence=round(confidence, 3)
            )
            for recall, precision, confidence in rows.T[::2].tolist()
            if 0 < recall <= reached or (recall == 0 < reached)
        )

    def pairs(self) -> list[tuple[int, int]]:
        """Return which find took which box at the first overlap: (place of the box, place of the find).

        Places count the boxes and finds that take part, in the order given.
        """
        return [
            (int(box) - 1, find - 1)
            for one in self._run.evalImgs
            if one is not None
            for find, box in zip(one["dtIds"], one["dtMatches"][0].tolist(), strict=True)
            if box > 0
        ]

    def _pictures(self, label: int, size: int) -> list[dict[str, Any]]:
        """Return COCOeval's results of a label and size; pictures with neither boxes nor finds have none."""
        pictures = len(self._run.params.imgIds)
        first = (label * len(self._sizes) + size) * pictures
        return [one for one in self._run.evalImgs[first : first + pictures] if one is not None]
