"""What a training says of itself: the data it had and how well it learned."""

from brandlens.detect.split import SplitKind
from brandlens.jobs import Value


class LabelReport(Value):
    """One label: what there was to learn from, and figures on the held-out pictures at confidence 50.

    `average_precision` is None where no held-out picture has the label.
    """

    label: str
    learning_boxes: int
    validation_boxes: int
    average_precision: float | None
    precision: float
    recall: float
    f1: float


class TrainingReport(Value):
    """What the detector learned from and how well; figures are fractions, measured at overlap 0.5."""

    learning_pictures: int
    learning_negatives: int
    validation_pictures: int
    validation_negatives: int
    split: SplitKind
    steps: int
    seconds: float
    seed: int
    final_loss: float
    mean_average_precision: float
    f1: float
    false_boxes_per_negative: float | None
    labels: tuple[LabelReport, ...]
    warnings: tuple[str, ...]
