"""Uploads of the API's callers: where a file goes, in which parts, and whose it is.

A caller's files lie below a folder of the caller's own: `inbox/<project>/analyze/<caller>/` and
`inbox/<project>/train/<caller>.<batch>/`. An upload's id bears its key, so every request about one is checked
against its caller; S3 knows no upload whose id and key do not belong together.
"""

import base64
import unicodedata
from math import ceil
from typing import Literal

from pydantic import Field, ValidationError

from brandlens.dropfolder import INBOX
from brandlens.errors import InvalidInput, InvalidKey, NotFound
from brandlens.jobs import Value
from brandlens.training.request import REQUEST_FILE

Purpose = Literal["analyze", "train"]

LARGEST_BYTES = 5 * 1024**4
"""S3's limit on an object that is uploaded in parts of at most 5 GiB."""
MAX_KEY_BYTES = 1024
"""S3's limit on a key, in bytes of UTF-8."""

_MIB = 1024**2
_LEAST_PART = 8 * _MIB
_MOST_PARTS = 10_000
"""S3's limit."""


class UploadReference(Value):
    """An upload: where it goes, its id in S3, a name that no other has, and how long the file is."""

    project: str
    purpose: Purpose
    key: str
    upload_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    bytes: int = Field(ge=1, le=LARGEST_BYTES)

    @property
    def part_bytes(self) -> int:
        """Return how long every part but the last is."""
        return max(_LEAST_PART, ceil(self.bytes / _MOST_PARTS / _MIB) * _MIB)

    @property
    def parts(self) -> int:
        return ceil(self.bytes / self.part_bytes)

    def bytes_of(self, number: int) -> int:
        """Return how long the part is, by its number from 1."""
        return min(self.part_bytes, self.bytes - (number - 1) * self.part_bytes)

    def token(self) -> str:
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode().rstrip("=")


def analyze_folder(project: str, caller: str) -> str:
    return f"{INBOX}{project}/analyze/{caller}/"


def batch_folder(project: str, caller: str, batch: str) -> str:
    return f"{INBOX}{project}/train/{caller}.{batch}/"


def key_for(folder: str, name: str) -> str:
    """Return the key of the file `name` in `folder`; `InvalidKey` for a name that is no place inside it."""
    if any(step in ("", ".", "..") for step in name.split("/")):
        raise _refused(name, "it is no place inside a folder", "Name it clips/match.mp4, say")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        raise _refused(name, "it holds control characters", "Rename the file")
    if name.rpartition("/")[2].casefold() == REQUEST_FILE:
        raise _refused(name, "a file called so begins a training", "Rename the file")
    size = len((folder + name).encode())
    if size > MAX_KEY_BYTES:
        raise _refused(
            name,
            f"its key would be {size:,} bytes of UTF-8 and S3 takes {MAX_KEY_BYTES:,}",
            "Shorten the name",
        )
    return folder + name


def upload_of(token: str, caller: str) -> UploadReference:
    """Read an upload's id; `InvalidInput` for one that we did not give, `NotFound` for another caller's."""
    try:
        upload = UploadReference.model_validate_json(
            base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        )
    except (ValueError, ValidationError) as error:
        raise InvalidInput(
            "The upload was not found by its id", "it was not given by us", "Begin an upload"
        ) from error
    own = {
        "analyze": analyze_folder(upload.project, caller),
        "train": f"{INBOX}{upload.project}/train/{caller}.",
    }
    if not upload.key.startswith(own[upload.purpose]):
        raise NotFound("The upload is not known", "you have begun none of that id", "Begin an upload")
    return upload


def missing_bytes(upload: UploadReference, come: dict[int, int]) -> int:
    """Return how much of the file has not come yet."""
    return sum(
        upload.bytes_of(number)
        for number in range(1, upload.parts + 1)
        if come.get(number) != upload.bytes_of(number)
    )


def _refused(name: str, why: str, remedy: str) -> InvalidKey:
    shown = name if len(name) <= 80 else f"{name[:80]}..."
    return InvalidKey(f"{shown!a} cannot be uploaded", why, remedy)
