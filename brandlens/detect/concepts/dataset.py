"""What concepts are learned from: whole pictures with the labels that hold for them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from brandlens.detect.picture_source import PictureSource, check_names
from brandlens.errors import InvalidLabels
from brandlens.exposure.wording import plural

ConceptKind = Literal["multi-class", "multi-label"]
"""`multi-class`: exactly one label holds for a picture. `multi-label`: any number of them, or none."""


@dataclass(frozen=True, slots=True)
class ConceptImage(PictureSource):
    """One picture and its labels.

    `image` and `scene` are those of `brandlens.detect.dataset.LabeledImage`: a path or a function that
    returns the file's bytes, and the video or shoot the picture comes from.
    """

    image: Path | Callable[[], bytes]
    labels: tuple[str, ...]
    scene: str


def pictures_per_label(images: Sequence[ConceptImage], labels: Sequence[str]) -> dict[str, int]:
    """Count the pictures of each of `labels`, naught included."""
    counts = Counter(label for image in images for label in set(image.labels))
    return {label: counts[label] for label in labels}


def check(images: Sequence[ConceptImage], labels: Sequence[str], kind: ConceptKind) -> None:
    """Refuse what cannot be learned from.

    Raises
    ------
    InvalidLabels
        No pictures; no labels, a label twice or without any picture; a picture with a label not named, or,
        in `multi-class`, with none or several; nothing to tell apart: one class, or labels that are all on
        every picture.
    """
    check_names(labels)
    for image in images:
        if unknown := set(image.labels) - set(labels):
            raise InvalidLabels(
                f"{image.name} cannot be learned from",
                f"it is labeled {sorted(unknown)[0]!r}, which is not among the labels {list(labels)}",
                "Add the label or take it off the picture",
            )
        if kind == "multi-class" and len(image.labels) != 1:
            raise InvalidLabels(
                f"{image.name} cannot be learned from",
                f"it has {len(image.labels)} labels, and of classes that exclude each other each has one",
                "Give it one label, or train for several labels a picture (multi-label)",
            )
    counts = pictures_per_label(images, labels)
    if unseen := [label for label in labels if counts[label] == 0]:
        raise InvalidLabels(
            f"Cannot learn the labels {unseen}",
            f"there is none of them on {plural(len(images), 'picture')}",
            "Label some pictures of each, ten or more",
        )
    if all(count == len(images) for count in counts.values()):
        raise InvalidLabels(
            f"Cannot learn the labels {list(labels)}",
            "every picture has them all, so there is nothing to tell them from",
            "Add pictures without them",
        )
