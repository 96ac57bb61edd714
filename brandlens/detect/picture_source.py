"""What pictures with labels have in common, whatever the labels are of."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from brandlens.detect.files import read_file
from brandlens.errors import CorruptMedia, InvalidLabels, MediaTooLarge

Seen = TypeVar("Seen")


class PictureSource:
    """A picture file: `image` is its path, or a function that returns its bytes each time it is called.

    `scene` names the video or shoot it comes from.
    """

    __slots__ = ()
    image: Path | Callable[[], bytes]
    scene: str

    def read(self) -> bytes:
        """Return the picture file's bytes; raises `InvalidInput` where it can no longer be read."""
        return read_file(self.image) if isinstance(self.image, Path) else self.image()

    def shown_to(self, look: Callable[[bytes], Seen]) -> Seen:
        """Return what `look` makes of the picture file's bytes.

        Where `look` raises `CorruptMedia` or `MediaTooLarge`, that error begins with the picture's name.
        """
        try:
            return look(self.read())
        except (CorruptMedia, MediaTooLarge) as error:
            raise type(error)(f"{self.name} cannot be looked at", error.why, error.remedy) from error

    @property
    def name(self) -> str:
        """What to call the picture in a message: its file, or the scene it is of."""
        return str(self.image) if isinstance(self.image, Path) else f"A picture of {self.scene}"


def check_names(labels: Sequence[str]) -> None:
    """Raise `InvalidLabels` where there are no labels to learn, or one twice."""
    if not labels or len(set(labels)) != len(labels):
        raise InvalidLabels(
            f"Cannot learn the labels {list(labels)}",
            "there must be at least one label and none twice",
            "Name each label once",
        )
