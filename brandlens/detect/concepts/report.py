"""What a training of concepts says of itself: the data it had and how well it learned."""

from brandlens.detect.split import SplitKind
from brandlens.jobs import Value


class ConceptLabelReport(Value):
    """One label: its pictures, and figures at confidence 50.

    `average_precision` and `recall` are None where no picture of the label could be held out, `precision`
    where the label is never given, `f1` where both holds.
    """

    label: str
    pictures: int
    average_precision: float | None
    precision: float | None
    recall: float | None
    f1: float | None


class ConceptReport(Value):
    """Figures are fractions, of pictures held out in turn (see `brandlens.detect.concepts.folds`).

    `split` says what was held out together. `views` is how many versions of each picture were learned from.
    `accuracy` is the share of pictures whose most confident label is theirs, and `confusion` counts pictures
    by their label (rows) and that most confident one (columns), both in the order of `labels`; for
    `multi-label` they are None. `f1` is of all labels together at confidence 50.
    """

    pictures: int
    pictures_without_labels: int
    split: SplitKind
    views: int
    seconds: float
    seed: int
    final_loss: float
    mean_average_precision: float
    f1: float | None
    accuracy: float | None
    confusion: tuple[tuple[int, ...], ...] | None
    labels: tuple[ConceptLabelReport, ...]
    warnings: tuple[str, ...]
