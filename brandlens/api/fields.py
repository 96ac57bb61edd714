"""What bodies, queries and paths of the API are made of."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field, StringConstraints

from brandlens.jobs import Value


class Body(Value):
    """What a caller sends as JSON: nothing is converted, so that a text never counts as a number."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False)


class Query(Value):
    """What a caller asks for in a URL's query. Whatever may be given more than once is a tuple."""


def _with_a_time(value: Any) -> Any:
    if isinstance(value, str) and "T" not in value:
        raise ValueError("not a moment, such as 2026-11-22T12:00:00Z")
    return value


def _that_utc_has(value: datetime) -> datetime:
    if not 1970 <= value.year < 9999:
        raise ValueError("not a moment from 1970 to 9998")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_with_a_time), AfterValidator(_that_utc_has)]
"""A date and time with its offset from UTC, which UTC can tell as well; a number is none."""

ProjectName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](-?[a-z0-9])*$", max_length=63)]
Label = Annotated[
    str,
    Field(description="Letters, digits, blanks, _ and -, not begun by a blank or -."),
    StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_ -]*$", max_length=100),
]
Labels = Annotated[tuple[Label, ...], Field(min_length=1, max_length=250)]
JobId = Annotated[str, StringConstraints(pattern=r"^[a-z2-7]{32}$")]
VersionName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,255}$")]
ModelId = Annotated[
    str,
    Field(description="A model version: its project's name, a dot, its own name."),
    StringConstraints(pattern=r"^[a-z0-9](-?[a-z0-9])*\.[A-Za-z0-9_.-]{1,255}$", max_length=319),
]
AppearanceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,128}$")]
MarkId = Annotated[str, StringConstraints(pattern=r"^[a-z2-7]{26}$")]
MemberId = Annotated[
    str,
    Field(description="Opaque, as `GET /team/members` gives it."),
    StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,400}$"),
]
UploadId = Annotated[
    str,
    Field(description="Opaque, as `POST /uploads` gives it."),
    StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,4096}$"),
]
BatchName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](-?[a-z0-9])*$", max_length=40)]
FileName = Annotated[
    str,
    Field(
        description="A relative path, without an empty, `.` or `..` step; its key has 1,024 bytes at most."
    ),
    StringConstraints(min_length=1, max_length=1024),
]
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
PageToken = Annotated[
    str,
    Field(description="Where the page before ended; opaque, and good for the same filters only."),
    StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,2048}$"),
]
