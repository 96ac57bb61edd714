"""Tracks -> appearances: when one brand was continuously on screen.

Logos of one brand that show at the same time are one appearance, as the sponsorship trade counts: two
boards side by side for a second are one second of the brand. So the appearances of a brand never overlap, and
its time on screen is their sum. An appearance ends when no logo of the brand is left, or where frames could
not be read.

A sampled frame stands for the time from its own timestamp until the next sampled frame (the media's end for
the last one), cut short by a gap.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brandlens.exposure.geometry import covered_area, zone_of
from brandlens.exposure.tracks import Track, link
from brandlens.results import Appearance, Box, Detection, FrameDetections, ProofFrame, Zone

Span = tuple[float, float]


def proof_file(index: int) -> str:
    """Path of a proof frame below the job's prefix."""
    return f"frames/{index:08d}.jpg"


def find_appearances(
    frames: Sequence[FrameDetections],
    *,
    duration_seconds: float | None,
    rate_hz: float | None,
    gaps: Sequence[Span],
) -> tuple[Appearance, ...]:
    """Return every brand's appearances in order of start, `sharpness` still unknown.

    `frames` come in ascending order of index; `gaps` are spans of seconds that could not be read. The mean
    area is over time, of what the brand's logos cover together, those of a missed sample interpolated.
    """
    spans = _spans(frames, duration_seconds, rate_hz, gaps)
    labels = sorted({d.label for frame in frames for d in frame.detections})
    runs = [run for label in labels for run in _runs(label, link(frames, label), spans)]
    runs.sort(key=lambda run: (run.positions[0], run.label))
    return tuple(_appearance(f"a{n:04d}", run, frames, spans) for n, run in enumerate(runs, start=1))


@dataclass(frozen=True)
class _Run:
    """One brand at consecutive positions: all its boxes at each."""

    label: str
    boxes: dict[int, list[Box | None]]

    @property
    def positions(self) -> list[int]:
        return list(self.boxes)


def _spans(
    frames: Sequence[FrameDetections], duration: float | None, rate_hz: float | None, gaps: Sequence[Span]
) -> list[Span]:
    """Return the span of seconds each frame stands for."""
    starts = [frame.seconds or 0.0 for frame in frames]
    if not starts:
        return []
    end = duration if duration is not None else starts[-1] + (1 / rate_hz if rate_hz else 0.0)
    ends = [*starts[1:], max(end, starts[-1])]
    return [
        (start, min([end, *(gap for gap, gap_end in gaps if gap < end and gap_end > start and gap >= start)]))
        for start, end in zip(starts, ends, strict=True)
    ]


def _runs(label: str, tracks: Sequence[Track], spans: Sequence[Span]) -> Iterator[_Run]:
    """Merge a brand's tracks and split what is left where the brand, or the picture, was gone."""
    present: dict[int, list[Box | None]] = {}
    for track in tracks:
        for position, box in track.boxes():
            present.setdefault(position, []).append(box)
    run: dict[int, list[Box | None]] = {}
    for position in sorted(present):
        if run and (position - 1 not in run or spans[position - 1][1] < spans[position][0]):
            yield _Run(label, run)
            run = {}
        run[position] = present[position]
    if run:
        yield _Run(label, run)


def _appearance(name: str, run: _Run, frames: Sequence[FrameDetections], spans: Sequence[Span]) -> Appearance:
    first, last = run.positions[0], run.positions[-1]
    held = {position: spans[position][1] - spans[position][0] for position in run.positions}
    weights = held if sum(held.values()) > 0 else dict.fromkeys(held, 1.0)
    area = sum(weights[p] * covered_area(boxes) for p, boxes in run.boxes.items()) / sum(weights.values())
    position, peak = _peak(run, frames)
    still = frames[first].seconds is None
    return Appearance(
        id=name,
        label=run.label,
        start_seconds=None if still else spans[first][0],
        end_seconds=None if still else spans[last][1],
        mean_area_fraction=area,
        zone=_main_zone(run, weights),
        peak_confidence=peak.confidence,
        sharpness=None,
        others_on_screen=tuple(
            sorted({d.label for p in run.positions for d in frames[p].detections} - {run.label})
        ),
        proof_frame=_proof(position, peak, frames),
    )


def _peak(run: _Run, frames: Sequence[FrameDetections]) -> tuple[int, Detection]:
    """Return the detection of most confidence and its position; of equals, the earliest and largest."""
    found = [(p, d) for p in run.positions for d in frames[p].detections if d.label == run.label]
    return max(found, key=lambda at: (at[1].confidence, -at[0], covered_area([at[1].box])))


def _proof(position: int, peak: Detection, frames: Sequence[FrameDetections]) -> ProofFrame:
    """Return the picture that shows the peak: of a carried frame, the kept one whose detections it bears."""
    frame = frames[position]
    if frame.carried_from is not None:
        frame = frames[bisect_left(frames, frame.carried_from, key=lambda f: f.index)]
    return ProofFrame(index=frame.index, seconds=frame.seconds, file=proof_file(frame.index), box=peak.box)


def _main_zone(run: _Run, weights: dict[int, float]) -> Zone | None:
    """Return the zone that held most of the brand's area over time, each box in the zone of its centre."""
    held: dict[Zone, float] = {}
    for position, boxes in run.boxes.items():
        for box in boxes:
            if box is not None:
                zone = zone_of(box)
                held[zone] = held.get(zone, 0.0) + weights[position] * covered_area([box])
    return max(sorted(held), key=lambda zone: held[zone], default=None)
