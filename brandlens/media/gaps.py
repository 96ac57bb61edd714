"""Naming the gaps that damage leaves in a video."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from fractions import Fraction

from brandlens import results
from brandlens.media.sampling import Grid, Segment

Gap = tuple[float, float | None]
GAP_CODE = "DecodeErrors"

# A decoder runs ahead of the frames let through by its threads and its reordering, at most some 20 frames.
_LAG_SECONDS = 1.0


def gap_warnings(
    damage: Sequence[int], frames: Sequence[int], grid: Grid, segment: Segment, duration: Fraction | None
) -> tuple[results.Warning, ...]:
    """Return a warning `DecodeErrors` for every gap of a segment, in order and without overlap.

    `frames` are the timestamps let through, in ticks; `damage` counts, for each place where decoding failed,
    the frames let through before it (both from `ToolLog`). A gap reaches from the last sampled frame before a
    failure to the first that is surely past it: up to a second and a sampling interval too long, never too
    short. `duration` (seconds, None when unknown) ends a gap that reaches the end of the file.
    """
    before_segment = sum(grid.slot(pts) < segment.first_slot for pts in frames)
    seconds = [float(grid.seconds(pts)) for pts in frames[before_segment:]]
    starts_whole = bool(seconds) and grid.slot(frames[before_segment]) == segment.first_slot
    start = float(segment.first_slot / grid.rate)
    end = _end(grid, segment, duration)
    gaps: list[Gap] = []
    for count in damage:
        past = max(count - before_segment, 0)
        if past == 0 and before_segment and starts_whole:
            continue  # It hit frames before the segment, which the segment before this one reports.
        opening = seconds[past - 1] if past else start
        surely_past = max(past, bisect_left(seconds, opening + _LAG_SECONDS))
        closing = seconds[surely_past] if surely_past < len(seconds) else end
        gaps.append((opening, closing))
    return tuple(_warning(gap) for gap in _joined(gaps))


def join_gaps(warnings: Iterable[results.Warning]) -> tuple[results.Warning, ...]:
    """Join the gap warnings of all segments, in order of time, so that a gap across a cut is named once."""
    gaps = [
        (warning.start_seconds or 0.0, warning.end_seconds)
        for warning in warnings
        if warning.code == GAP_CODE
    ]
    return tuple(_warning(gap) for gap in _joined(sorted(gaps, key=lambda gap: gap[0])))


def _joined(gaps: Iterable[Gap]) -> list[Gap]:
    joined: list[Gap] = []
    for opening, closing in gaps:
        if not joined:
            joined.append((opening, closing))
            continue
        start, end = joined[-1]
        if end is not None and opening > end + _LAG_SECONDS:
            joined.append((opening, closing))
        else:
            joined[-1] = (start, None if end is None or closing is None else max(end, closing))
    return joined


def _end(grid: Grid, segment: Segment, duration: Fraction | None) -> float | None:
    if segment.end_slot is not None:
        return float(segment.end_slot / grid.rate)
    return None if duration is None else float(duration)


def _warning(gap: Gap) -> results.Warning:
    opening, closing = gap
    until = "the end" if closing is None else f"{closing:.2f} s"
    return results.Warning(
        code=GAP_CODE,
        message=f"The video is damaged between {opening:.2f} s and {until}: "
        "frames there are missing or unreliable.",
        start_seconds=opening,
        end_seconds=closing,
    )
