"""Figures of a detector that are reported: what an evaluation gives and a training report keeps."""

from brandlens.jobs import Value


class CurvePoint(Value):
    """A point of a precision-recall curve.

    `precision` is the best at this recall or any higher one; `confidence` in percent is what reaches the
    recall. All else are fractions.
    """

    recall: float
    precision: float
    confidence: float


class SizeFigures(Value):
    """Boxes of one range of sizes (see `brandlens.detect.evaluation.coco_metrics.SIZES`).

    `mean_average_precision` is at overlap 0.5, a fraction; None where there is no box of that size.
    """

    size: str
    boxes: int
    mean_average_precision: float | None


class ConfusionCell(Value):
    """How many boxes of `true` were found as `found`, at the operating point.

    `true` None: a find where no box is left, a false box. `found` None: a box that was not found.
    """

    true: str | None
    found: str | None
    boxes: int


class LearningPoint(Value):
    """A training on part of the pictures: mean boxes a label learned from, and mAP@0.5 on pictures held out.

    The same held-out pictures, with as many boxes, for every point of a curve.
    """

    boxes_per_label: float
    mean_average_precision: float
    held_out_boxes: int
