"""What the lines of every Custom Labels manifest have in common, whatever they label."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from pydantic_core import from_json

from brandlens.labels.refusing import invalid, invalid_line


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Picture = TypeVar("Picture", bound=_Named)


def read_pictures(
    text: str, read: Callable[[str, dict[str, Any], int], Iterable[Picture]], *, file: str
) -> tuple[Picture, ...]:
    """Read every line with `read`, which takes its source-ref, its fields and its number.

    Empty lines are passed over, and so are those of objects that Ground Truth failed to have labeled: what is
    not labeled is no negative. `InvalidLabels` where a picture is there twice, or there are no lines at all.
    """
    pictures: dict[str, Picture] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        source, fields = line_fields(line, file=file, number=number)
        for picture in () if _has_failed(fields) else read(source, fields, number):
            if picture.name in pictures:
                raise invalid_line(file, number, f"the picture {picture.name} has a line already")
            pictures[picture.name] = picture
    if not text.strip():
        raise invalid(file, "the manifest has no lines")
    return tuple(pictures.values())


def line_fields(line: str, *, file: str, number: int) -> tuple[str, dict[str, Any]]:
    """Return a line's picture, an `s3://` URI, and all its fields."""
    try:
        fields = from_json(line)
    except ValueError as error:
        raise invalid_line(file, number, f"it is not JSON ({error})") from error
    if not isinstance(fields, dict):
        raise invalid_line(file, number, "it is not a JSON object")
    name = fields.get("source-ref")
    if not isinstance(name, str) or not name.startswith("s3://"):
        raise invalid_line(file, number, "its source-ref is not an s3:// URI")
    return name, fields


def creation_date(moment: datetime) -> str:
    """Write a moment as AWS does, without its zone."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def attributes_of(fields: dict[str, Any], types: Sequence[str]) -> list[str]:
    """Return the label attributes whose metadata says that they are of one of `types`.

    A Ground Truth job names its attribute after itself, so only the type tells what it is.
    """
    found = []
    for key in fields:
        metadata = fields.get(f"{key}-metadata")
        if isinstance(metadata, dict) and metadata.get("type") in types:
            found.append(key)
    return found


def _has_failed(fields: dict[str, Any]) -> bool:
    return any(
        isinstance(metadata, dict)
        and "failure-reason" in metadata
        and key.endswith("-metadata")
        and key.removesuffix("-metadata") not in fields
        for key, metadata in fields.items()
    )
