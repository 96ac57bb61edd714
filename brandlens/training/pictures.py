"""The pictures of a dataset, before anyone has labeled them."""

from pydantic import Field

from brandlens.dropfolder import name_in_batch
from brandlens.jobs import Job, Value
from brandlens.ports import ObjectStore
from brandlens.training.files import PICTURES_LIST, training_prefix


class DatasetPicture(Value):
    """One picture and where it comes from.

    `name` is relative to `brandlens.training.files.PICTURES`. `source_key` is the dropped file's whole key,
    `seconds` the frame's time in it (null for a still). Width and height are in pixels. `scene` is what must
    not part between training and test: a video, or a group of stills that look alike. `sha256` is of the
    picture's file, hexadecimal.
    """

    name: str = Field(min_length=1)
    source_key: str
    seconds: float | None
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    scene: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def title(self) -> str:
        """The picture as whoever dropped its file knows it."""
        file = name_in_batch(self.source_key)
        return file if self.seconds is None else f"{file} at {self.seconds:.1f} s"


def read_pictures(media: ObjectStore, job: Job) -> tuple[DatasetPicture, ...]:
    """Return the pictures of a training's dataset, in order."""
    lines = media.read(training_prefix(job) + PICTURES_LIST).splitlines()
    return tuple(DatasetPicture.model_validate_json(line) for line in lines)
