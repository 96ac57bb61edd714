"""Seconds on screen of each brand, found by the analysis' own steps in this process, and their error."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.errors import UnsupportedMedia
from brandlens.exposure import find_exposures
from brandlens.exposure.doubts import doubtful_confidence
from brandlens.exposure.metrics import summarize_brands
from brandlens.jobs import Value
from brandlens.media.magic import SNIFF_BYTES, media_format
from brandlens.media.novelty import DEFAULT_THRESHOLD, mark_carried
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import Segment, require_frames
from brandlens.ports import Detector

PROBE_SECONDS = 60.0
DECODING_SECONDS = 24 * 3600.0
"""FFmpeg waits while the detector looks, so its time limit is that of the whole analysis."""


class SecondsError(Value):
    """Seconds one brand was found on screen, and was in truth."""

    label: str
    found: float
    true: float

    @property
    def fraction(self) -> float | None:
        """The error as a fraction of the true seconds; None for a brand that is never on screen."""
        return abs(self.found - self.true) / self.true if self.true else None


def seconds_error(found: Mapping[str, float], true: Mapping[str, float]) -> tuple[SecondsError, ...]:
    """Compare seconds on screen, brand by brand; a brand that either lacks is on screen for none."""
    return tuple(
        SecondsError(label=label, found=found.get(label, 0.0), true=true.get(label, 0.0))
        for label in sorted(found.keys() | true.keys())
    )


def probe_video(video: Path) -> VideoProbe:
    """Read a video's headers.

    Raises
    ------
    BrandlensError
        `EmptyObject` or `UnsupportedMedia` where the first bytes are not a video's; what `FfmpegTool` raises.
    """
    with video.open("rb") as file:
        kind = media_format(file.read(SNIFF_BYTES))
    if kind != "mov":
        raise UnsupportedMedia("The file is no video", f"it is a {kind.upper()} picture", "Name a video")
    return FfmpegTool().probe(str(video), timeout_s=PROBE_SECONDS)


def seconds_on_screen(
    video: Path,
    detector: Detector,
    *,
    sample_rate_hz: float,
    min_confidence: float = 50.0,
    novelty_threshold: float = DEFAULT_THRESHOLD,
    progress: Callable[[float, float | None], None] = lambda done, total: None,
) -> dict[str, float]:
    """Analyze a video as the service does: sample it, look at frames that show something new, follow brands.

    Parameters
    ----------
    sample_rate_hz
        Frames looked for in each second.
    min_confidence
        Percent that a logo's track must have.
    novelty_threshold
        In gray levels, as in `brandlens.media.novelty`.
    progress
        Told the seconds done, and the seconds in all where the headers tell.

    Raises
    ------
    BrandlensError
        What `probe_video`, `FfmpegTool` and the detector raise; `NoFrames` for a video without any.
    """
    probe = probe_video(video)
    sampled, detections, least = [], {}, doubtful_confidence(min_confidence)
    segment, rate = Segment(number=0, first_slot=0), Fraction(str(sample_rate_hz))
    with FfmpegTool().frames(str(video), probe, segment, rate, timeout_s=DECODING_SECONDS) as frames:
        for marked, frame in mark_carried(frames, novelty_threshold):
            sampled.append(marked)
            if marked.carried_from is None:
                detections[marked.index] = detector.detect(frame.jpeg, min_confidence=least)
            progress(marked.seconds, probe.media.duration_seconds)
    require_frames(len(sampled))
    exposures = find_exposures(
        probe.media, sample_rate_hz, sampled, detections, frames.warnings, min_confidence=min_confidence
    )
    return {brand.label: brand.on_screen_seconds or 0.0 for brand in summarize_brands(exposures.appearances)}
