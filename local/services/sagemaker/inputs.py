"""What a labeling job begins with: its labels, its instructions and its tasks, read from S3.

https://docs.aws.amazon.com/sagemaker/latest/dg/sms-input-data-input-manifest.html for images,
https://docs.aws.amazon.com/sagemaker/latest/dg/sms-video-manual-data-setup.html for video frames.
"""

import io
import json
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from PIL import Image, UnidentifiedImageError
from pydantic import BaseModel, Field, ValidationError

from brandlens.training.labeling_inputs import TITLE
from local.services.sagemaker.errors import JobFailed
from local.services.sagemaker.instructions import readable
from local.services.sagemaker.records import LabelingJobRecord, Picture, PictureSize, Task

Read = Callable[[str], bytes]
"""Returns an object by its URI; `JobFailed` where it cannot be read."""


class _Label(BaseModel):
    label: str = Field(min_length=1)


class _Instructions(BaseModel):
    full: str = Field(default="", alias="fullInstruction")
    short: str = Field(default="", alias="shortInstruction")


class _Categories(BaseModel):
    labels: list[_Label] = Field(min_length=1)
    instructions: _Instructions = _Instructions()


class _Frame(BaseModel):
    number: int = Field(alias="frame-no")
    seconds: float | None = Field(default=None, alias="unix-timestamp")
    name: str = Field(alias="frame", min_length=1)


class _Sequence(BaseModel):
    prefix: str
    frames: list[_Frame] = Field(min_length=1)


class _Shown(NamedTuple):
    """What a picture is called: by its file and number for the service, by its title for people."""

    frame: str
    frame_no: int
    title: str


_Model = TypeVar("_Model", bound=BaseModel)


def read_labels(job: LabelingJobRecord, read: Read) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the job's labels and, as paragraphs, its instructions; `JobFailed` where they are not there."""
    uri = job.request["LabelCategoryConfigS3Uri"]
    categories = _parsed(_Categories, read(uri), uri)
    labels = tuple(entry.label for entry in categories.labels)
    if len(set(labels)) < len(labels):
        raise JobFailed(f"{uri} has a label twice.")
    template = job.request["HumanTaskConfig"]["UiConfig"].get("UiTemplateS3Uri")
    if template is not None:
        return labels, readable(read(template).decode(errors="replace"), within="full-instructions")
    return labels, readable(categories.instructions.full or categories.instructions.short)


def read_tasks(job: LabelingJobRecord, read: Read) -> list[Task]:
    """Return a task for each line of the input manifest; `JobFailed` where one is not as it must be."""
    uri = job.request["InputConfig"]["DataSource"]["S3DataSource"]["ManifestS3Uri"]
    lines = [line for line in read(uri).decode(errors="replace").splitlines() if line.strip()]
    if not lines:
        raise JobFailed(f"The manifest {uri} is empty.")
    return [
        _task(number, _fields(line, f"line {number + 1} of {uri}"), job, read)
        for number, line in enumerate(lines)
    ]


def _task(number: int, line: dict[str, Any], job: LabelingJobRecord, read: Read) -> Task:
    source: str = line["source-ref"]
    title = line.get(TITLE)
    if job.task_type != "VideoObjectDetection":
        name = source.rpartition("/")[2]
        return Task(line=line, pictures=(_picture(number, 0, source, _Shown(name, 0, title or name), read),))
    sequence = _parsed(_Sequence, read(source), source)
    return Task(
        line=line,
        pictures=tuple(
            _picture(
                number,
                place,
                f"{sequence.prefix.rstrip('/')}/{frame.name}",
                _Shown(frame.name, frame.number, _moment(frame, title)),
                read,
            )
            for place, frame in enumerate(sequence.frames)
        ),
    )


def _moment(frame: _Frame, title: str | None) -> str:
    if title is None or frame.seconds is None:
        return frame.name
    return f"{title} at {frame.seconds:.1f} s"


def _picture(task: int, number: int, uri: str, shown: _Shown, read: Read) -> Picture:
    try:
        with Image.open(io.BytesIO(read(uri))) as image:
            size = PictureSize(width=image.width, height=image.height, depth=len(image.getbands()))
    except UnidentifiedImageError as error:
        raise JobFailed(f"{uri} is no image.") from error
    return Picture(
        task=task,
        number=number,
        uri=uri,
        frame=shown.frame,
        frame_no=str(shown.frame_no),
        title=shown.title,
        size=size,
    )


def _fields(line: str, where: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise JobFailed(f"The manifest is not JSON Lines: {where} is not JSON.") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("source-ref"), str):
        raise JobFailed(f"The manifest has no source-ref in {where}.")
    return fields


def _parsed(model: type[_Model], body: bytes, uri: str) -> _Model:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise JobFailed(f"{uri} is not as it must be: {place} {fault['msg']}.") from error
