"""What the detector learns from: labeled pictures, wherever they come from."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from brandlens.detect.picture_source import PictureSource, check_names
from brandlens.errors import InvalidLabels
from brandlens.exposure.wording import plural
from brandlens.labels.pictures import LabeledPicture
from brandlens.results import Box


@dataclass(frozen=True, slots=True)
class LabeledImage(PictureSource):
    """One picture with every appearance of every label marked; without boxes it is a negative.

    `image` is a path or a function that returns the file's bytes; it is called when the picture is needed,
    possibly more than once. `width` and `height` are in pixels as shown, orientation applied. `scene` names
    the video or shoot the picture comes from: pictures of one scene are never split between learning and
    validation.
    """

    image: Path | Callable[[], bytes]
    width: int
    height: int
    boxes: tuple[tuple[str, Box], ...]
    scene: str

    @classmethod
    def of(cls, picture: LabeledPicture, image: Path | Callable[[], bytes]) -> "LabeledImage":
        """Join what the annotations say of a picture to its file."""
        boxes = tuple((drawn.label, drawn.box) for drawn in picture.boxes)
        return cls(image, picture.width, picture.height, boxes, picture.scene)


def boxes_per_label(images: Sequence[LabeledImage], labels: Sequence[str]) -> dict[str, int]:
    """Count the boxes of each of `labels`, naught included."""
    counts = Counter(label for image in images for label, _ in image.boxes)
    return {label: counts[label] for label in labels}


def check(images: Sequence[LabeledImage], labels: Sequence[str]) -> None:
    """Refuse what cannot be learned from, naming the first picture at fault and how many there are.

    Raises
    ------
    InvalidLabels
        No pictures, no labels, a label twice or without any box, a box of a label not named, or a box without
        area, outside its picture or not of numbers.
    """
    check_names(labels)
    if not images:
        raise InvalidLabels(
            "Cannot learn from no pictures", "there must be at least one", "Label ten or more of each label"
        )
    _refuse_boxes(
        images,
        lambda label, _: label not in labels,
        f"is not of the labels {list(labels)}",
        "Add the label or drop the box",
    )
    _refuse_boxes(
        images, lambda _, box: not _covers(box), "covers nothing of its picture", "Draw it again or drop it"
    )
    unseen = [label for label, count in boxes_per_label(images, labels).items() if count == 0]
    if unseen:
        raise InvalidLabels(
            f"Cannot learn the labels {unseen}",
            f"there is no box of them in {plural(len(images), 'picture')}",
            "Label some pictures of each, ten or more",
        )


def _refuse_boxes(
    images: Sequence[LabeledImage], is_wrong: Callable[[str, Box], bool], why: str, remedy: str
) -> None:
    wrong = [
        (image.name, label, box) for image in images for label, box in image.boxes if is_wrong(label, box)
    ]
    if not wrong:
        return
    name, label, box = wrong[0]
    others = {other for other, _, _ in wrong} - {name}
    where = f"its box of {label!r} ({box!r}) {why}"
    also = f", and {plural(len(others), 'other picture has', 'other pictures have')} such boxes"
    raise InvalidLabels(f"{name} cannot be learned from", where + (also if others else ""), remedy)


def _covers(box: Box) -> bool:
    """Whether a box is of finite numbers, has an area, and some of it lies in its picture."""
    sides = (box.left, box.top, box.width, box.height)
    inside = box.left < 1 and box.top < 1 and box.left + box.width > 0 and box.top + box.height > 0
    return all(map(math.isfinite, sides)) and box.width > 0 and box.height > 0 and inside
