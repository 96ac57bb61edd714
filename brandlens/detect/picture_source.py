"""What pictures with labels have in common, whatever the labels are of."""

from collections.abc import Callable
from pathlib import Path


class PictureSource:
    """A picture file: `image` is its path, or a function that returns its bytes each time it is called.

    `scene` names the video or shoot it comes from.
    """

    __slots__ = ()
    image: Path | Callable[[], bytes]
    scene: str

    def read(self) -> bytes:
        """Return the picture file's bytes."""
        return self.image.read_bytes() if isinstance(self.image, Path) else self.image()

    @property
    def name(self) -> str:
        """What to call the picture in a message: its file, or the scene it is of."""
        return str(self.image) if isinstance(self.image, Path) else f"A picture of {self.scene}"
