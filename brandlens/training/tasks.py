"""What people are asked to label."""

from typing import Literal

from pydantic import Field

from brandlens.jobs import Value

TaskKind = Literal["video", "image", "concept"]


class LabelingTask(Value):
    """One Ground Truth labeling job to be.

    `kind` is boxes in the frames of videos, boxes in pictures, or one class for a whole picture. `manifest`
    is the input manifest's key in the media bucket. `items` are its lines (videos, or pictures), `frames` the
    pictures people will look at.
    """

    kind: TaskKind
    manifest: str
    items: int = Field(ge=1)
    frames: int = Field(ge=1)
