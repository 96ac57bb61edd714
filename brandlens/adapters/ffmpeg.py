"""FFmpeg's two programs: ffprobe for a video's headers, ffmpeg for its frames."""

import json
import ssl
import subprocess
import time
from collections.abc import Generator, Iterator
from fractions import Fraction
from types import TracebackType
from typing import Self

from brandlens import results
from brandlens.adapters.ffmpeg_process import FfmpegRun, not_installed, running, timed_out
from brandlens.media.extraction import (
    DecodedFrame,
    extraction_arguments,
    grid_of,
    usable_margins,
)
from brandlens.media.gaps import gap_warnings
from brandlens.media.jpeg import fit_jpeg
from brandlens.media.probe import VideoProbe, probe_arguments, read_probe
from brandlens.media.sampling import Grid, Segment, require_frames
from brandlens.media.tool_log import ToolLog, failure


class FrameStream(Iterator[DecodedFrame]):
    """The sampled frames of one segment, as they are decoded.

    Use it in a `with` statement, or read it to its end; after either FFmpeg is gone. FFmpeg waits while its
    reader is busy, so no more than a few pictures are in memory.
    """

    def __init__(self, frames: Generator[DecodedFrame, None, None], warnings: list[results.Warning]) -> None:
        self._frames = frames
        self._warnings = warnings

    def __next__(self) -> DecodedFrame:
        return next(self._frames)

    @property
    def warnings(self) -> tuple[results.Warning, ...]:
        """Gaps that damage left (code `DecodeErrors`), in order; there once the last frame has been read."""
        return tuple(self._warnings)

    def close(self) -> None:
        """Stop FFmpeg, wherever it is."""
        self._frames.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class FfmpegTool:
    """FFmpeg's two programs, found on PATH unless named.

    `threads` is the number of decoder threads, 0 for one for each CPU. `ca_file` holds the certificates of
    those who may vouch for an https server, the system's unless named.
    """

    def __init__(
        self,
        ffmpeg: str = "ffmpeg",
        ffprobe: str = "ffprobe",
        *,
        threads: int = 0,
        ca_file: str | None = None,
    ) -> None:
        self._ffmpeg = ffmpeg
        self._ffprobe = ffprobe
        self._threads = threads
        self._ca_file = ca_file or ssl.get_default_verify_paths().cafile

    def probe(self, url: str, *, timeout_s: float) -> VideoProbe:
        """Read the headers of the video at `url`, an http(s) URL or a path.

        Raises `NoVideoStream`, `TruncatedMedia`, `CorruptMedia`, `MediaTooLarge`; `ObjectNotFound`,
        `AccessRefused`, `ServiceUnavailable` when the URL cannot be read; `MediaToolTimeout`,
        `MediaToolFailed`.
        """
        try:
            done = subprocess.run(
                [self._ffprobe, *probe_arguments(url, self._ca_file)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise timed_out("reading the video's headers", timeout_s) from error
        except FileNotFoundError as error:
            raise not_installed(self._ffprobe) from error
        if done.returncode:
            log = ToolLog()
            for line in done.stderr.splitlines():
                log.feed(line.decode(errors="replace"))
            raise failure("ffprobe", done.returncode, log.tail)
        return read_probe(json.loads(done.stdout))

    def frames(
        self, url: str, probe: VideoProbe, segment: Segment, rate: Fraction, *, timeout_s: float
    ) -> FrameStream:
        """Decode the frames that `segment` picks at `rate` slots a second, in order of time.

        Reading the stream raises `MediaToolTimeout` when it is not at its end after `timeout_s` seconds,
        `MediaToolFailed` when FFmpeg fails, `ObjectNotFound`, `AccessRefused` or `ServiceUnavailable` when
        the URL cannot be read, and `NoFrames` when the segment is the whole file and has none.
        """
        warnings: list[results.Warning] = []
        deadline = time.monotonic() + timeout_s
        return FrameStream(self._extract(url, probe, segment, rate, deadline, warnings), warnings)

    def _extract(
        self,
        url: str,
        probe: VideoProbe,
        segment: Segment,
        rate: Fraction,
        deadline: float,
        warnings: list[results.Warning],
    ) -> Generator[DecodedFrame, None, None]:
        grid = grid_of(probe, rate)
        margins = usable_margins(grid, segment)
        for margin in margins:
            arguments = extraction_arguments(
                url,
                probe,
                segment,
                grid,
                seek_margin=margin,
                threads=self._threads,
                ca_file=self._ca_file,
            )
            with running([self._ffmpeg, *arguments], deadline - time.monotonic()) as run:
                if margin != margins[-1] and not _has_witness(run, segment, grid):
                    continue
                sampled = yield from _sample(run, segment, grid)
                run.finish()
            if segment.is_whole_file:
                require_frames(sampled)
            warnings.extend(gap_warnings(run.log.damage, run.log.frames, grid, segment, probe.duration))
            return


def _has_witness(run: FfmpegRun, segment: Segment, grid: Grid) -> bool:
    """Whether decoding began before the segment, so that nothing of it is missing (see `SEEK_MARGINS`)."""
    first = run.first_timestamp()
    return first is not None and grid.slot(first) < segment.first_slot


def _sample(run: FfmpegRun, segment: Segment, grid: Grid) -> Generator[DecodedFrame, None, int]:
    """Yield the frames that are the segment's own and return how many they are.

    FFmpeg's filter forgets the last frame when the picture's size changes within a stream, so a slot may come
    twice; the first one counts.
    """
    last, sampled = segment.first_slot - 1, 0
    for pts, jpeg in run.pictures():
        slot = grid.slot(pts)
        if slot > last:
            yield DecodedFrame(index=slot, seconds=float(grid.seconds(pts)), jpeg=fit_jpeg(jpeg))
            last, sampled = slot, sampled + 1
    return sampled
