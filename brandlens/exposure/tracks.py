"""Detections of one brand -> tracks: one logo followed from sampled frame to sampled frame.

Tracking by detection as in Bochinski et al., "High-Speed Tracking-by-Detection Without Using Image
Information" (AVSS 2017): in each frame the best-matching pairs of a track's last box and a new detection are
joined, greedily, as long as they match well enough. Sampled frames lie far apart, so boxes are matched by
Distance-IoU instead of IoU. Nothing else is needed at a cut: the boxes no longer match, and the track ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from brandlens.exposure.geometry import distance_iou, interpolate
from brandlens.results import Box, Detection, FrameDetections

MAX_MISSED_SAMPLES = 1
MAX_MISSED_SECONDS = 0.25
"""How long a logo may go undetected and still count as on screen in between: one slot of the grid, or as long
as its finds are this near to each other. A quarter of a second is less than a cut-away
lasts; where samples are dense, a detector's doubt about one or two of them is no disappearance."""

MIN_MATCH = -0.5
"""Least Distance-IoU of a logo's boxes in neighbouring samples: about 2.5 box widths of movement."""


@dataclass
class Track:
    """One logo over time: the detection at each position it was found at, positions ascending.

    A position is a place in the sequence of sampled frames, not a frame's index.
    """

    found: dict[int, Detection] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return next(reversed(self.found))

    def boxes(self) -> Iterator[tuple[int, Box | None]]:
        """Yield every position of the track with its box; a missed sample's is interpolated."""
        before: int | None = None
        for position, detection in self.found.items():
            if before is not None:
                for missed in range(before + 1, position):
                    fraction = (missed - before) / (position - before)
                    yield missed, _between(self.found[before].box, detection.box, fraction)
            yield position, detection.box
            before = position


def link(frames: Sequence[FrameDetections], label: str) -> list[Track]:
    """Join the detections of one label into tracks. Frames come in ascending order of index."""
    tracks: list[Track] = []
    live: list[Track] = []
    for position, frame in enumerate(frames):
        detections = [d for d in frame.detections if d.label == label]
        if not detections:
            continue
        live = [track for track in live if _goes_on(frames[track.last], frame)]
        new = _extend(live, position, detections)
        tracks += new
        live += new
    return tracks


def _goes_on(last: FrameDetections, now: FrameDetections) -> bool:
    """Whether a logo seen in the frame `last` may be the same as one seen `now`."""
    if now.index - last.index <= MAX_MISSED_SAMPLES + 1:
        return True
    unseen = (now.seconds or 0.0) - (last.seconds or 0.0)
    return unseen <= MAX_MISSED_SECONDS


def _extend(live: Sequence[Track], position: int, detections: Sequence[Detection]) -> list[Track]:
    """Give each live track its best detection, best pairs first; return tracks begun by those left over."""
    pairs = sorted(
        (-match, t, d)
        for t, track in enumerate(live)
        for d, detection in enumerate(detections)
        if (match := _match(track.found[track.last].box, detection.box)) >= MIN_MATCH
    )
    extended: set[int] = set()
    joined: set[int] = set()
    for _, t, d in pairs:
        if t not in extended and d not in joined:
            live[t].found[position] = detections[d]
            extended.add(t)
            joined.add(d)
    return [Track({position: detection}) for d, detection in enumerate(detections) if d not in joined]


def _match(a: Box | None, b: Box | None) -> float:
    """Whole-image labels match each other, and never a box."""
    if a is None or b is None:
        return 1.0 if a is b else -1.0
    return distance_iou(a, b)


def _between(a: Box | None, b: Box | None, fraction: float) -> Box | None:
    return None if a is None or b is None else interpolate(a, b, fraction)
