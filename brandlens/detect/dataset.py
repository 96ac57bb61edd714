"""What the detector learns from: labeled pictures, wherever they come from."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from brandlens.errors import InvalidLabels
from brandlens.results import Box


@dataclass(frozen=True, slots=True)
class LabeledImage:
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

    def read(self) -> bytes:
        """Return the picture file's bytes."""
        return self.image.read_bytes() if isinstance(self.image, Path) else self.image()


def boxes_per_label(images: Sequence[LabeledImage], labels: Sequence[str]) -> dict[str, int]:
    """Count the boxes of each of `labels`, naught included."""
    counts = Counter(label for image in images for label, _ in image.boxes)
    return {label: counts[label] for label in labels}


def check(images: Sequence[LabeledImage], labels: Sequence[str]) -> None:
    """Refuse what cannot be learned from.

    Raises
    ------
    InvalidLabels
        No labels, a label twice or without any box, a box of a label not named, or a box without area or
        outside its picture.
    """
    if not labels or len(set(labels)) != len(labels):
        raise InvalidLabels(
            f"Cannot learn the labels {list(labels)}",
            "there must be at least one label and none twice",
            "Name each label once",
        )
    for image in images:
        for label, box in image.boxes:
            if label not in labels:
                raise InvalidLabels(
                    f"Cannot learn from a picture of {image.scene}",
                    f"it has a box labeled {label!r}, which is not among the labels {list(labels)}",
                    "Add the label or drop the box",
                )
            right, bottom = box.left + box.width, box.top + box.height
            if not (
                box.width > 0 and box.height > 0 and right > 0 and bottom > 0 and box.left < 1 and box.top < 1
            ):
                raise InvalidLabels(
                    f"Cannot learn from a picture of {image.scene}",
                    f"its box of {label!r} ({box!r}) covers nothing of it",
                    "Draw the box again or drop it",
                )
    unseen = [label for label, count in boxes_per_label(images, labels).items() if count == 0]
    if unseen:
        raise InvalidLabels(
            f"Cannot learn the labels {unseen}",
            "no picture has a box of them",
            "Label some pictures of each, ten or more",
        )
