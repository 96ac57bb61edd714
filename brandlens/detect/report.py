"""What a training says of itself: the data it had and how well it learned."""

from collections.abc import Sequence
from typing import Self

from brandlens.detect.evaluation.figures import ConfusionCell, CurvePoint, LearningPoint, SizeFigures
from brandlens.detect.power_law import outlook
from brandlens.detect.split import SplitKind
from brandlens.jobs import Value


class LabelReport(Value):
    """One label: what there was to learn from, and figures on the held-out pictures at confidence 50.

    `average_precision` is at overlap 0.5, `average_precision_50_95` the mean over overlaps 0.5 to 0.95; both
    and `recall` are None, and `curve` is empty, where no held-out picture has the label. `precision` is None
    where it is not found, `f1` where both holds.
    """

    label: str
    learning_boxes: int
    validation_boxes: int
    average_precision: float | None
    average_precision_50_95: float | None = None
    precision: float | None
    recall: float | None
    f1: float | None
    curve: tuple[CurvePoint, ...] = ()


class TrainingReport(Value):
    """What the detector learned from and how well; figures are fractions of the held-out pictures.

    Overlap is 0.5 but for `mean_average_precision_50_95`; `f1`, `confusion` and false boxes are at confidence
    50. `best_f1` is the highest at any one confidence of all labels, `best_f1_confidence` in percent; None
    where nothing was found. `learning_curve` is empty, and so is `outlook`, which says what more labels would
    bring, where none was drawn.
    """

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
    mean_average_precision_50_95: float | None = None
    by_size: tuple[SizeFigures, ...] = ()
    f1: float | None
    best_f1: float | None = None
    best_f1_confidence: float | None = None
    false_boxes_per_negative: float | None
    labels: tuple[LabelReport, ...]
    confusion: tuple[ConfusionCell, ...] = ()
    learning_curve: tuple[LearningPoint, ...] = ()
    outlook: str = ""
    warnings: tuple[str, ...]

    def with_learning_curve(self, points: Sequence[LearningPoint]) -> Self:
        """Return the report with a learning curve of its pictures, and what it says of this detector."""
        learned = [label.learning_boxes for label in self.labels]
        now = LearningPoint(
            boxes_per_label=sum(learned) / max(1, len(learned)),
            mean_average_precision=self.mean_average_precision,
            held_out_boxes=sum(label.validation_boxes for label in self.labels),
        )
        return self.model_copy(update={"learning_curve": tuple(points), "outlook": outlook(points, now)})
