"""What the service remembers, as values. Times are aware UTC."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from local.services.aws_json.store import Record

Status = Literal["Initializing", "InProgress", "Completed", "Failed", "Stopping", "Stopped"]
ENDED: tuple[Status, ...] = ("Completed", "Failed", "Stopped")
TaskType = Literal["BoundingBox", "ImageMultiClass", "VideoObjectDetection"]
"""As Ground Truth's built-in functions name it."""


class WorkforceRecord(Record):
    """`cognito` is the CognitoConfig that CreateWorkforce was given."""

    name: str
    cognito: dict[str, str]


class WorkteamRecord(Record):
    """`workforce` is its workforce's ARN, None for a team made before there were any here."""

    name: str
    workforce: str | None = None
    description: str
    members: list[dict[str, Any]]
    notifications: dict[str, Any] | None = None


class LabelingJobRecord(Record):
    """`status` holds since `since`. `request` is what CreateLabelingJob was given.

    `reference` names the job on the page. `labels` and `instructions` are known once it is InProgress.
    `handed_in` says that people are done with it, `announced` that its end was sent as an event.
    """

    name: str
    reference: str
    task_type: TaskType
    status: Status
    since: datetime
    request: dict[str, Any]
    labels: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    failure_reason: str | None = None
    output_manifest: str | None = None
    handed_in: bool = False
    announced: bool = False


class Box(BaseModel):
    """`label` is an index into the job's labels; the others are pixels of the picture as it is stored."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    label: int = Field(ge=0)
    left: int = Field(ge=0)
    top: int = Field(ge=0)
    width: int = Field(ge=1)
    height: int = Field(ge=1)


class Answer(BaseModel):
    """What a person says of one picture: its boxes, or the class of the whole of it.

    `looked_at` says that they are done with it; before, it is a draft.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    boxes: tuple[Box, ...] = ()
    label: int | None = Field(default=None, ge=0)
    looked_at: bool = False


class PictureSize(BaseModel):
    """Pixels, and channels, of a picture."""

    model_config = ConfigDict(frozen=True)

    width: int
    height: int
    depth: int


class Picture(BaseModel):
    """One picture of a task: the image itself, or frame `frame_no`, called `frame`, of a video's sequence.

    `task` counts the lines of the input manifest, `number` the task's pictures, both from 0. `title` is what
    people see it called.
    """

    model_config = ConfigDict(frozen=True)

    task: int
    number: int
    uri: str
    frame: str
    frame_no: str
    title: str
    size: PictureSize
    answer: Answer = Answer()


class Task(BaseModel):
    """One line of the input manifest and its pictures."""

    model_config = ConfigDict(frozen=True)

    line: dict[str, Any]
    pictures: tuple[Picture, ...]

    @property
    def done(self) -> bool:
        return all(picture.answer.looked_at for picture in self.pictures)
