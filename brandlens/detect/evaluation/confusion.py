"""Which labels a detector takes for which others."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from brandlens.detect.evaluation.coco_metrics import Matches, Truth
from brandlens.detect.evaluation.figures import ConfusionCell
from brandlens.results import Detection


def confusion(
    truths: Sequence[Truth],
    detections: Sequence[Sequence[Detection]],
    labels: Sequence[str],
    *,
    confidence: float,
) -> tuple[ConfusionCell, ...]:
    """Count boxes by the label they have and the label they were found as, at `confidence` percent or more.

    Finds take the boxes of their own label first, so that the diagonal is what precision and recall count as
    right; what is left is matched whatever its label, and what is left then is nothing's. Cells that are
    naught are left out.
    """
    wanted = [[(label, box) for label, box in truth if label in labels] for truth in truths]
    finds = [
        [one for one in found if one.box and one.label in labels and one.confidence >= confidence]
        for found in detections
    ]
    cells: Counter[tuple[str | None, str | None]] = Counter()
    for across_labels in (False, True):
        matched = Matches(wanted, finds, labels, across_labels=across_labels).pairs()
        true = [label for truth in wanted for label, _ in truth]
        said = [one.label for found in finds for one in found]
        cells.update((true[box], said[find]) for box, find in matched)
        wanted = _without(wanted, {box for box, _ in matched})
        finds = _without(finds, {find for _, find in matched})
    cells.update((label, None) for truth in wanted for label, _ in truth)
    cells.update((None, one.label) for found in finds for one in found)
    order = {label: place for place, label in enumerate([*labels, None])}
    return tuple(
        ConfusionCell(true=true_label, found=found_label, boxes=count)
        for (true_label, found_label), count in sorted(
            cells.items(), key=lambda cell: (order[cell[0][0]], order[cell[0][1]])
        )
    )


Item = TypeVar("Item")


def _without(pictures: Sequence[Sequence[Item]], places: set[int]) -> list[list[Item]]:
    """Leave out the items at `places`, counted over all pictures."""
    kept, first = [], 0
    for picture in pictures:
        kept.append([item for place, item in enumerate(picture, start=first) if place not in places])
        first += len(picture)
    return kept
