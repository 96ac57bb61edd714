"""One video analyzed as the service does it: what was carried, what that cost, and what it overlooked."""

import resource
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from benchmarks.cost.footage import RATE
from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.exposure import find_exposures
from brandlens.exposure.doubts import doubtful_confidence
from brandlens.media.novelty import DEFAULT_THRESHOLD, mark_carried
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import Segment
from brandlens.ports import Detector
from brandlens.results import Detection, SampledFrame

MIN_CONFIDENCE = 50.0
GB_PER_PROCESSOR = 1769 / 1024
"""Memory for which Lambda gives one whole processor, in GiB (AWS's "Configure Lambda function memory")."""

Spans = Sequence[tuple[float, float]]


class Measured(NamedTuple):
    """`recall` is of the brand seconds that are found when every sampled frame is looked at.

    `gb_seconds_per_frame` is the detector's; both kinds of GB-seconds are of Lambda.
    """

    sampled: int
    kept: int
    recall: float
    extract_gb_seconds: float
    gb_seconds_per_frame: float


def measure(video: Path, detector: Detector) -> Measured:
    probe = FfmpegTool().probe(str(video), timeout_s=60)
    before, sampled, pictures = _processor_seconds(), list[SampledFrame](), dict[int, bytes]()
    whole = Segment(number=0, first_slot=0)
    with FfmpegTool().frames(str(video), probe, whole, Fraction(RATE), timeout_s=3600) as frames:
        for marked, frame in mark_carried(frames, DEFAULT_THRESHOLD):
            sampled.append(marked)
            pictures[frame.index] = frame.jpeg
    extraction = _processor_seconds() - before
    found, each = _look(pictures, detector)
    everything = [frame.model_copy(update={"carried_from": None}) for frame in sampled]
    kept = [frame.index for frame in sampled if frame.carried_from is None]
    return Measured(
        sampled=len(sampled),
        kept=len(kept),
        recall=recall(
            _spans(probe, everything, found), _spans(probe, sampled, {index: found[index] for index in kept})
        ),
        extract_gb_seconds=extraction * GB_PER_PROCESSOR,
        gb_seconds_per_frame=each * GB_PER_PROCESSOR,
    )


def _look(
    pictures: Mapping[int, bytes], detector: Detector
) -> tuple[dict[int, tuple[Detection, ...]], float]:
    """Return what is found in each picture, and the processor seconds that one takes.

    Footage that repeats gives the same pictures again: each is looked at once.
    """
    least, known = doubtful_confidence(MIN_CONFIDENCE), dict[bytes, tuple[Detection, ...]]()
    began = time.process_time()
    for picture in pictures.values():
        if picture not in known:
            known[picture] = detector.detect(picture, min_confidence=least)
    each = (time.process_time() - began) / len(known)
    return {index: known[picture] for index, picture in pictures.items()}, each


def _spans(
    probe: VideoProbe, sampled: Iterable[SampledFrame], found: Mapping[int, Sequence[Detection]]
) -> dict[str, Spans]:
    """Return when each brand is on screen, as the service tells it."""
    exposures = find_exposures(probe.media, RATE, sampled, found, min_confidence=MIN_CONFIDENCE)
    spans = defaultdict(list)
    for one in exposures.appearances:
        spans[one.label].append((one.start_seconds or 0.0, one.end_seconds or 0.0))
    return dict(spans)


def recall(everything: Mapping[str, Spans], found: Mapping[str, Spans]) -> float:
    """Return the share of the brand seconds of `everything` that are among those `found`; 1 of none."""
    seconds = {label: _union(spans) for label, spans in everything.items()}
    overlap = sum(
        max(0.0, min(end, until) - max(start, since))
        for label, spans in seconds.items()
        for start, end in spans
        for since, until in _union(found.get(label, ()))
    )
    total = sum(end - start for spans in seconds.values() for start, end in spans)
    return overlap / total if total else 1.0


def _union(spans: Spans) -> list[tuple[float, float]]:
    """Join spans that meet."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _processor_seconds() -> float:
    """Seconds of a processor that this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
