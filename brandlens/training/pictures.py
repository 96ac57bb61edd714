"""The pictures of a dataset, before anyone has labeled them."""

from pydantic import Field

from brandlens.jobs import Value


class DatasetPicture(Value):
    """One picture and where it comes from.

    `name` is relative to `brandlens.training.files.PICTURES`. `source_key` is the dropped file's whole key,
    `seconds` the frame's time in it (null for a still). Width and height are in pixels. `scene` is what must
    not part between training and test: a video, or a group of stills that look alike.
    """

    name: str = Field(min_length=1)
    source_key: str
    seconds: float | None
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    scene: str = Field(min_length=1)
