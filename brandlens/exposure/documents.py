"""Appearances and frames -> the machine-readable files of a result."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from brandlens.exposure.metrics import seconds_of
from brandlens.results import Appearance, FrameDetections

_COLUMNS = (
    "id", "label", "start_seconds", "end_seconds", "on_screen_seconds", "mean_area_fraction", "zone",
    "peak_confidence", "sharpness", "others_on_screen", "proof_frame", "proof_seconds",
    "box_left", "box_top", "box_width", "box_height",
)  # fmt: skip
"""The header of `exposures.csv`. Consumers rely on it: add columns at the end only."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SHORTEST_CUE = 0.001


@dataclass(frozen=True)
class Document:
    """One file of the result, `name` below the job's prefix."""

    name: str
    body: bytes
    content_type: str


def exposures_csv(appearances: Iterable[Appearance]) -> Document:
    """Write one appearance a row (RFC 4180, UTF-8); what a document has as null is an empty cell.

    Text that a spreadsheet would run as a formula is prefixed with an apostrophe (OWASP, CSV Injection).
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows(_row(appearance) for appearance in appearances)
    return Document("exposures.csv", out.getvalue().encode(), "text/csv; charset=utf-8")


def timeline_vtt(appearances: Sequence[Appearance]) -> Document:
    """Write one appearance a cue (W3C WebVTT), its text the brand's label.

    A player shows a cue only if it lasts, so one of no length lasts a millisecond.
    """
    cues = ["WEBVTT"]
    for appearance in appearances:
        start = appearance.start_seconds or 0.0
        end = max(appearance.end_seconds or 0.0, start + _SHORTEST_CUE)
        cues.append(
            f"{appearance.id}\n{_timestamp(start)} --> {_timestamp(end)}\n{_cue_text(appearance.label)}"
        )
    return Document("timeline.vtt", ("\n\n".join(cues) + "\n").encode(), "text/vtt; charset=utf-8")


def detections_jsonl(frames: Iterable[FrameDetections]) -> Document:
    """Write one sampled frame a line."""
    lines = "".join(frame.model_dump_json() + "\n" for frame in frames)
    return Document("detections.jsonl", lines.encode(), "application/jsonl")


def _row(appearance: Appearance) -> Sequence[str | float | None]:
    box = appearance.proof_frame.box
    return (
        appearance.id,
        _as_text(appearance.label),
        appearance.start_seconds,
        appearance.end_seconds,
        seconds_of(appearance),
        appearance.mean_area_fraction,
        appearance.zone,
        appearance.peak_confidence,
        appearance.sharpness,
        _as_text("; ".join(appearance.others_on_screen)),
        appearance.proof_frame.file,
        appearance.proof_frame.seconds,
        *((box.left, box.top, box.width, box.height) if box else (None,) * 4),
    )


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _timestamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{milliseconds // 1000:02d}.{milliseconds % 1000:03d}"


def _cue_text(text: str) -> str:
    """Escape what WebVTT reads as markup, and keep the text on one line: an empty line would end the cue."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return " ".join(escaped.split()) or "?"
