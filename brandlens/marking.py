"""Marks of results: whether one makes sense, its id, and the picture that people are to label for it."""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from typing import Protocol

from brandlens.api.marks import (
    MEASURED_DIGITS,
    Mark,
    MarkedBox,
    MissedBrand,
    NewMark,
    WrongAppearance,
)
from brandlens.errors import InvalidInput, NotFound
from brandlens.jobs import JobRecord
from brandlens.ports import ObjectStore
from brandlens.results import Analysis

FrameAt = Callable[[str, float, Fraction], bytes]
"""Decodes, of the video at a URL, the frame that is shown at a second and sampled at a rate, as a JPEG."""

_ID_LENGTH = 26
"""Characters of `[a-z2-7]`: 130 bits."""

_URL_SECONDS = 300

_ROUNDING = 10**-MEASURED_DIGITS
"""What a number of a mark may be more than was sent."""


class Sources(Protocol):
    """Where the pictures of marks come from."""

    @property
    def media(self) -> ObjectStore: ...
    @property
    def results(self) -> ObjectStore: ...
    @property
    def frame_at(self) -> FrameAt: ...


def mark_of(new: NewMark, record: JobRecord, analysis: Analysis, *, by: str, now: datetime) -> Mark:
    """Return the mark as it is kept; what is said of the same thing, in whatever note, has the same id.

    Raises `NotFound` for an appearance that the result does not have, `InvalidInput` for a brand that was
    missed at no time of the video, at one of a picture, or outside the picture.
    """
    if isinstance(new, WrongAppearance):
        if all(appearance.id != new.appearance for appearance in analysis.appearances):
            raise NotFound(
                f"Appearance {new.appearance} was not marked",
                f"job {record.job_id} has found none of that id",
                "See its analysis.json",
            )
    else:
        _check_times(new, analysis)
        if new.box is not None:
            _check_box(new.box, new.label)
    said = f"{record.job_id}\0{new.model_copy(update={'note': ''}).model_dump_json()}".encode()
    digest = base64.b32encode(hashlib.sha256(said).digest()).decode().lower()
    return Mark(
        id=digest[:_ID_LENGTH],
        job_id=record.job_id,
        project=record.project,
        by=by,
        created_at=now,
        mark=new,
        trained_by=None,
    )


def _check_times(new: MissedBrand, analysis: Analysis) -> None:
    what, remedy = _not_marked(new.label), "Say from when to when it is seen"
    length = analysis.media.duration_seconds
    if analysis.media.kind == "image":
        if new.start_seconds is not None or new.end_seconds is not None:
            raise InvalidInput(what, "a picture has no seconds", "Leave the seconds out")
        return
    if new.start_seconds is None or new.end_seconds is None:
        raise InvalidInput(what, "it was missed at a time of the video", remedy)
    if length is not None and (new.end_seconds > length + _ROUNDING or new.start_seconds >= length):
        raise InvalidInput(what, f"the video ends after {length:g} seconds", remedy)
    if new.start_seconds >= new.end_seconds:
        raise InvalidInput(what, "it does not end after it begins", remedy)


def _check_box(box: MarkedBox, label: str) -> None:
    remedy = "Draw a box in the picture"
    if box.left + box.width > 1 + 2 * _ROUNDING or box.top + box.height > 1 + 2 * _ROUNDING:
        raise InvalidInput(_not_marked(label), "its box leaves the picture", remedy)
    if box.width == 0 or box.height == 0:
        raise InvalidInput(_not_marked(label), "its box has no area", remedy)


def _not_marked(label: str) -> str:
    return f"The missed brand {label} was not marked"


def picture_of(mark: Mark, record: JobRecord, analysis: Analysis, sources: Sources) -> bytes:
    """Return the picture that shows what a mark is about: a JPEG, or the file itself where that is a picture.

    Of an appearance that is wrong it is the frame that was to prove it, of a brand that was missed the one in
    the middle of its time.
    """
    if isinstance(mark.mark, WrongAppearance):
        (appearance,) = (one for one in analysis.appearances if one.id == mark.mark.appearance)
        return sources.results.read(f"{record.project}/{record.job_id}/{appearance.proof_frame.file}")
    source = record.source
    if mark.mark.start_seconds is None or mark.mark.end_seconds is None:
        return sources.media.read(source.key, version=source.version)
    url = sources.media.presigned_url(source.key, seconds=_URL_SECONDS, version=source.version)
    middle = (mark.mark.start_seconds + mark.mark.end_seconds) / 2
    rate = Fraction(str(analysis.sampling.rate_hz or 1))
    return sources.frame_at(url, middle, rate)
