"""Labeled pictures: the one value every annotation format is read into and written from."""

from collections.abc import Iterable

from pydantic import Field

from brandlens.jobs import Value
from brandlens.results import Box


class LabeledBox(Value):
    """One object that a person drew a box around. `box` is in fractions of the picture."""

    label: str = Field(min_length=1)
    box: Box


class LabeledPicture(Value):
    """One picture and every labeled object in it; without boxes it is a negative.

    `name` is what the annotations call the picture: a path, a key or an `s3://` URI. Width and height are in
    pixels. Pictures of one `scene` (one video, one shooting) look alike, so they never part between training
    and test. `is_scene_named` is whether the annotations say so, else it is what `scene_of` takes it for.
    """

    name: str = Field(min_length=1)
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    boxes: tuple[LabeledBox, ...] = ()
    scene: str = Field(min_length=1)
    is_scene_named: bool = False

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(drawn.label for drawn in self.boxes)


def scene_of(name: str) -> str:
    """Return the scene of a picture whose annotations name none: its folder, or itself where it has none.

    Frames of one video lie in one folder, so a folder is the smallest group that is safe to keep together.
    """
    folder, _, _ = name.rpartition("/")
    return folder or name


def labels_of(pictures: Iterable[LabeledPicture]) -> tuple[str, ...]:
    """Return every label used, sorted."""
    return tuple(sorted({label for picture in pictures for label in picture.labels}))
