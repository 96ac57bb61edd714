"""Doubtful detections: below the confidence asked for, they count where their logo's track reaches it.

A detector hesitates about a blurred or low-contrast logo from frame to frame, around the threshold: taken one
by one, an appearance falls to pieces. So it is asked for somewhat less than the project's confidence, and a
track decides for all its detections by their mean, as tracks of video objects are commonly scored (the
hysteresis of ByteTrack, https://arxiv.org/abs/2110.06864, has the same reason). A picture is a track of one,
so for it nothing changes.
"""

from collections.abc import Sequence
from statistics import fmean

from brandlens.exposure.tracks import link
from brandlens.results import FrameDetections

_DOUBTFUL = 0.7
"""Share of the confidence asked for from which a detection is worth a doubt. Chosen on six made clips, where
0.6 to 0.8 hardly differ."""


def doubtful_confidence(min_confidence: float) -> float:
    """Return the percent to ask a detector for, so that tracks can be judged by `min_confidence`."""
    return _DOUBTFUL * min_confidence


def settle(frames: Sequence[FrameDetections], min_confidence: float) -> list[FrameDetections]:
    """Return the frames, ascending by index, with only those detections that count.

    These are all of a track whose mean confidence is `min_confidence` percent or more, and of any other those
    that are so themselves.
    """
    labels = {detection.label for frame in frames for detection in frame.detections}
    doubted = {
        (position, detection)
        for label in labels
        for track in link(frames, label)
        if fmean(detection.confidence for detection in track.found.values()) < min_confidence
        for position, detection in track.found.items()
        if detection.confidence < min_confidence
    }
    return [
        frame.model_copy(
            update={"detections": tuple(d for d in frame.detections if (position, d) not in doubted)}
        )
        for position, frame in enumerate(frames)
    ]
