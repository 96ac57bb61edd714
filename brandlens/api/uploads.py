"""Uploads: a file, in parts, to the caller's own place in the drop folder.

An upload is begun by `POST /uploads`. Each part is PUT to its own URL, in any order, as many at once as one
likes; `GET /uploads/{upload}/parts` tells which have come and gives fresh URLs, so a broken upload goes on.
A file to be analyzed appears in the drop folder by `POST /analyses`, a file of a training batch by
`POST /uploads/{upload}/complete`.
"""

from typing import Literal

from pydantic import Field

from brandlens.api.fields import BatchName, Body, FileName, ProjectName, Query
from brandlens.jobs import Value
from brandlens.uploading import LARGEST_BYTES

URLS_AT_ONCE = 100


class NewUpload(Body):
    """A file to be uploaded. `batch` names the training batch that it belongs to, for the purpose `train`."""

    project: ProjectName
    purpose: Literal["analyze", "train"]
    batch: BatchName | None = None
    name: FileName
    bytes: int = Field(ge=1, le=LARGEST_BYTES)


class UploadPart(Value):
    """One part of a file. `url` takes it by PUT for an hour; null where it has come."""

    number: int
    bytes: int
    url: str | None


class PartsQuery(Query):
    after: int = Field(default=0, ge=0, le=10_000)


class PartList(Value):
    """The next 100 parts at most; `next` is what to ask `after` for more, null where there is none."""

    parts: tuple[UploadPart, ...]
    next: int | None


class Upload(Value):
    """An upload that has begun. Every part but the last has `part_bytes`."""

    id: str
    key: str
    bytes: int
    part_bytes: int
    parts: PartList


class CompletedUpload(Value):
    """A file of a training batch, in the drop folder."""

    key: str
