"""Labels, whoever gave them -> a dataset parted into what teaches and what tests."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from brandlens.errors import InvalidLabels
from brandlens.labels.image_manifest import ClassifiedPicture
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.results import Warning  # noqa: A004 - the document's own term
from brandlens.training.pictures import DatasetPicture
from brandlens.training.split import DatasetSplit, split_dataset

MAX_BOXES = 50
"""Boxes in a picture, at most, that Custom Labels learns from ("Guidelines and quotas")."""


@dataclass(frozen=True)
class Collected:
    """A dataset. `answered` is how many of its pictures somebody labeled, if only as showing nothing."""

    split: DatasetSplit[LabeledPicture] | DatasetSplit[ClassifiedPicture]
    answered: int
    warnings: tuple[Warning, ...]


def collected_boxes(
    labeled: Sequence[LabeledPicture], pictures: Sequence[DatasetPicture], labels: Collection[str]
) -> Collected:
    """Collect boxes; `InvalidLabels` where nobody drew any, or they leave nothing to test with."""
    _require_labels(labeled, labels)
    crowded = {one.name for one in labeled if len(one.boxes) > MAX_BOXES}
    usable = [one for one in labeled if len(one.boxes) <= MAX_BOXES]
    split = split_dataset(usable, _seconds(pictures))
    return Collected(
        split=split,
        answered=len(labeled),
        warnings=(
            *_of_unanswered(pictures, labeled),
            *(_of_crowded(one) for one in pictures if one.name in crowded),
            *_of_left_out(split.left_out),
        ),
    )


def collected_classes(
    labeled: Sequence[ClassifiedPicture], pictures: Sequence[DatasetPicture], labels: Collection[str]
) -> Collected:
    """Collect labels of whole pictures; errors are those of `collected_boxes`, and where all is of one class.

    A picture without a label is of the second class: Custom Labels has no other way to say so.
    """
    _require_labels(labeled, labels)
    classed = [one if one.labels else one.model_copy(update={"labels": (SECOND_CLASS,)}) for one in labeled]
    classes = sorted({label for one in classed for label in one.labels})
    if len(classes) == 1:
        raise InvalidLabels(
            "The training cannot begin",
            f"every picture shows {classes[0]}, so there is nothing to tell it from",
            f"Add pictures that do not show {classes[0]}",
        )
    split = split_dataset(classed, _seconds(pictures))
    return Collected(
        split=split,
        answered=len(labeled),
        warnings=(*_of_unanswered(pictures, labeled), *_of_left_out(split.left_out)),
    )


def _require_labels(
    labeled: Sequence[LabeledPicture] | Sequence[ClassifiedPicture], labels: Collection[str]
) -> None:
    if not any(one.labels for one in labeled):
        raise InvalidLabels(
            "The training cannot begin",
            f"none of {len(labeled)} labeled pictures shows {' or '.join(sorted(labels))}",
            "Drop pictures that do, ten or more of each",
        )


def _seconds(pictures: Iterable[DatasetPicture]) -> dict[str, float | None]:
    return {picture.name: picture.seconds for picture in pictures}


def _of_unanswered(
    pictures: Sequence[DatasetPicture], labeled: Sequence[LabeledPicture] | Sequence[ClassifiedPicture]
) -> Iterator[Warning]:
    missing = len(pictures) - len(labeled)
    if missing:
        yield Warning(
            code="NotLabeled",
            message=f"{missing} of {len(pictures)} pictures were not labeled in time and are left out.",
        )


def _of_crowded(picture: DatasetPicture) -> Warning:
    return Warning(
        code="TooManyBoxes",
        message=f"{picture.title} has more than {MAX_BOXES} boxes, which Custom Labels does not take: "
        "it is left out.",
    )


def _of_left_out(frames: int) -> Iterator[Warning]:
    if frames:
        yield Warning(
            code="NeighboursLeftOut",
            message=f"{frames} frames next to test frames are left out of the training: they look alike.",
        )
