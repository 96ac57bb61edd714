"""What the lines of every Custom Labels manifest have in common, whatever they label."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from brandlens.errors import InvalidLabels

REMEDY = "Correct that line of the manifest and try again"


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Picture = TypeVar("Picture", bound=_Named)


def read_pictures(text: str, read: Callable[[str, int], Picture], *, file: str) -> tuple[Picture, ...]:
    """Read every line with `read`, which takes the line and its number; empty lines are passed over.

    `InvalidLabels` where a picture has two lines, or there are no lines at all.
    """
    pictures: dict[str, Picture] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        picture = read(line, number)
        if picture.name in pictures:
            raise invalid_line(file, number, f"the picture {picture.name} has a line already")
        pictures[picture.name] = picture
    if not pictures:
        raise InvalidLabels(f"{file} could not be read", "the manifest has no lines", REMEDY)
    return tuple(pictures.values())


def line_fields(line: str, *, file: str, number: int) -> tuple[str, dict[str, Any]]:
    """Return a line's picture, an `s3://` URI, and all its fields."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise invalid_line(file, number, f"it is not JSON ({error})") from error
    if not isinstance(fields, dict):
        raise invalid_line(file, number, "it is not a JSON object")
    name = fields.get("source-ref")
    if not isinstance(name, str) or not name.startswith("s3://"):
        raise invalid_line(file, number, "its source-ref is not an s3:// URI")
    return name, fields


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


def invalid_line(file: str, number: int, why: str) -> InvalidLabels:
    return InvalidLabels(f"{file}, line {number}, could not be read", why, REMEDY)
