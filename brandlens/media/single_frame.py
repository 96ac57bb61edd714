"""One frame of a video, as its analysis saw it."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from fractions import Fraction
from math import floor
from typing import Protocol

from brandlens.errors import NoFrames
from brandlens.media.extraction import DecodedFrame
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import Segment


class Decoder(Protocol):
    """What probes and decodes, as `brandlens.adapters.ffmpeg.FfmpegTool` does."""

    def probe(self, url: str, *, timeout_s: float) -> VideoProbe: ...
    def frames(
        self, url: str, probe: VideoProbe, segment: Segment, rate: Fraction, *, timeout_s: float
    ) -> AbstractContextManager[Iterable[DecodedFrame]]: ...


def frame_at(tool: Decoder, url: str, seconds: float, rate: Fraction, *, timeout_s: float) -> bytes:
    """Return the frame of the sampling grid's slot that `seconds` lies in, as a JPEG.

    `NoFrames` where the slot has none. Raises what `FfmpegTool` does besides.
    """
    probe = tool.probe(url, timeout_s=timeout_s)
    slot = floor(seconds * rate)
    segment = Segment(number=0, first_slot=slot, end_slot=slot + 1)
    with tool.frames(url, probe, segment, rate, timeout_s=timeout_s) as frames:
        for frame in frames:
            return frame.jpeg
    raise NoFrames(f"No frame was found at {seconds:g} seconds", "none is shown there", "Mark another moment")
