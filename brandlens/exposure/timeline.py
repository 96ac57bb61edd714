"""Brand by time, as fractions of the work's length: the report draws it."""

from dataclasses import dataclass

from brandlens.exposure.wording import clock, whole_clock
from brandlens.results import Analysis

_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14400)
_MOST_TICKS = 6
"""What a phone's width has room for."""


@dataclass(frozen=True)
class Span:
    """A stretch of time: where it starts and how long it lasts, as fractions of the whole."""

    start: float
    length: float
    title: str
    appearance: str | None = None


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Timeline:
    """`rows` holds a brand's spans, brands in the order of the analysis; `gaps` could not be read."""

    seconds: float
    rows: tuple[tuple[Span, ...], ...]
    gaps: tuple[Span, ...]
    ticks: tuple[Tick, ...]


def timeline_of(analysis: Analysis) -> Timeline:
    """Lay out every appearance of a video."""
    ends = [a.end_seconds or 0.0 for a in analysis.appearances]
    whole = max([analysis.media.duration_seconds or 0.0, *ends]) or 1.0

    def span(start: float, end: float, what: str, appearance: str | None = None) -> Span:
        title = f"{what}, {clock(start)} to {clock(end)}"
        return Span(start / whole, (end - start) / whole, title, appearance)

    return Timeline(
        seconds=whole,
        rows=tuple(
            tuple(
                span(a.start_seconds, a.end_seconds, a.label, a.id)
                for a in analysis.appearances
                if a.label == brand.label and a.start_seconds is not None and a.end_seconds is not None
            )
            for brand in analysis.brands
        ),
        gaps=tuple(
            span(warning.start_seconds, min(warning.end_seconds, whole), "Not readable")
            for warning in analysis.warnings
            if warning.start_seconds is not None and warning.end_seconds is not None
        ),
        ticks=_ticks(whole),
    )


def _ticks(whole: float) -> tuple[Tick, ...]:
    """Return round times, the first at zero, as close as the axis has room for."""
    step = next((step for step in _STEPS if whole / step <= _MOST_TICKS), _STEPS[-1])
    return tuple(Tick(at / whole, whole_clock(at)) for at in range(0, int(whole) + 1, step))
