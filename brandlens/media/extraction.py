"""Extracting a segment's frames: the ffmpeg command line, and splitting what it writes into JPEGs.

FFmpeg seeks to a key frame before the segment, decodes from there, lets through the first frame of every slot
of the sampling grid, and stops at the segment's end. Every frame let through is logged with its timestamp and
then written to standard output as one part of a multipart stream (FFmpeg's `mpjpeg`), so log and stream pair
up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import IO

import ffmpeg

from brandlens.errors import MediaToolFailed
from brandlens.media.dimensions import detector_size
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import Grid, Segment
from brandlens.media.source import input_name, source_options

SEEK_MARGINS = (Fraction(1), Fraction(16), Fraction(64))
"""How many seconds before a segment to look for the key frame that decoding starts from.

A key frame is not always a clean start: pictures that lead an open GOP are lost, and with intra refresh the
picture takes a whole GOP to build up. So ffmpeg also lets the first frame it decodes through, as a witness.
Only when the witness lies before the segment is the segment complete; else the next margin is tried.
"""

JPEG_QUALITY = 4
"""FFmpeg's quantiser scale: 2 is best, 31 worst. At 4 a 1280 x 720 picture takes some 70 KB."""

_BOUNDARY = b"--ffmpeg\r\n"
_LINE_LIMIT = 256
_PART_LIMIT = 64 * 2**20


@dataclass(frozen=True)
class DecodedFrame:
    """One sampled frame: its slot, its own timestamp in seconds from the first one, and the picture."""

    index: int
    seconds: float
    jpeg: bytes


def grid_of(probe: VideoProbe, rate: Fraction) -> Grid:
    return Grid(rate=rate, time_base=probe.time_base, start_pts=probe.start_pts)


def extraction_arguments(
    url: str,
    probe: VideoProbe,
    segment: Segment,
    grid: Grid,
    *,
    seek_margin: Fraction | None,
    threads: int,
    ca_file: str | None,
) -> list[str]:
    """Return ffmpeg's arguments (without the program) for one segment of the video at `url`.

    Timestamps are kept as they are in the file (`copyts`, exact ticks). `seek_margin` is one of
    `usable_margins`. `ca_file` holds the certificates of those who may vouch for an https server.
    """
    source = ffmpeg.input(
        input_name(url),
        noautorotate=None,
        threads=threads,
        **_seek(grid, segment, seek_margin),
        **source_options(url, ca_file),
    )
    frames = _pick(source[str(probe.stream_index)], segment, grid).filter("showinfo", checksum=0)
    output = _upright(_convert(frames, probe), probe).output(
        "pipe:1",
        format="mpjpeg",
        vcodec="mjpeg",
        fps_mode="passthrough",
        # Else FFmpeg counts time in 1/frame rate, and two frames of a fast passage may fall into one tick.
        enc_time_base=str(probe.time_base),
        threads=1,
        huffman="default",  # Optimal tables save 15 % of the bytes and take 10 % more time.
        **{"q:v": JPEG_QUALITY},
    )
    arguments: list[str] = output.global_args(
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "repeat+level+info", "-copyts",
        "-max_error_rate", "1", "-filter_complex_threads", "1",
    ).get_args()  # fmt: skip
    return arguments


def usable_margins(grid: Grid, segment: Segment) -> tuple[Fraction | None, ...]:
    """Return the margins to try in turn, in seconds: those of `SEEK_MARGINS` that lie within the file, then
    None, which reads from its start, where the file is short enough for that."""
    start = segment.first_slot / grid.rate
    within = tuple(margin for margin in SEEK_MARGINS if margin < start)
    return within if within == SEEK_MARGINS else (*within, None)


def _seek(grid: Grid, segment: Segment, margin: Fraction | None) -> dict[str, str | int | None]:
    """Input options that seek: absolute (not relative to the container's start) and without FFmpeg's own
    trimming, which works in microseconds."""
    if margin is None:
        return {}
    target = grid.start_pts * grid.time_base + segment.first_slot / grid.rate - margin
    return {"seek_timestamp": 1, "noaccurate_seek": None, "ss": f"{float(target):.6f}"}


def _pick(stream: ffmpeg.Stream, segment: Segment, grid: Grid) -> ffmpeg.Stream:
    """Stop at the segment's end; until then let through the witness and the first frame of every slot.

    The expression computes in doubles, yet exactly: a tick's slot is a quotient of whole numbers, whose
    rounded floor is the true one while they stay below 2^52, which is centuries of ticks.
    """
    ticks_per_slot = 1 / (grid.time_base * grid.rate)
    slot = f"floor(({{pts}}-({grid.start_pts}))*{ticks_per_slot.denominator}/{ticks_per_slot.numerator})"
    is_first_of_slot = f"gt({slot.format(pts='pts')},{slot.format(pts='prev_selected_pts')})"
    if segment.end_slot is not None:
        stream = stream.filter("trim", end_pts=grid.first_pts(segment.end_slot))
    start = grid.first_pts(segment.first_slot)
    return stream.filter("select", f"isnan(prev_selected_pts)+gte(pts,{start})*{is_first_of_slot}")


def _convert(stream: ffmpeg.Stream, probe: VideoProbe) -> ffmpeg.Stream:
    """Make the picture what JPEG holds: whole frames, square pixels, BT.601 at full range, 8 bits, 4:2:0.

    Deinterlacing is spatial (estdif): it needs no neighbours, so a frame looks the same in whichever segment.
    """
    if probe.interlaced:
        stream = stream.filter("estdif", mode="frame", deint="all")
    width, height = detector_size(probe.media.width, probe.media.height)
    if probe.rotation in (90, 270):
        width, height = height, width
    return stream.filter(
        "scale", width, height, in_color_matrix=probe.color_matrix, out_color_matrix="bt601", out_range="full"
    ).filter("format", "yuvj420p")


def _upright(stream: ffmpeg.Stream, probe: VideoProbe) -> ffmpeg.Stream:
    """Turn the picture by ourselves: FFmpeg's autorotation would turn every decoded frame, not just the
    picked."""
    match probe.rotation:
        case 90:
            return stream.filter("transpose", "clock")
        case 180:
            return stream.filter("hflip").filter("vflip")
        case 270:
            return stream.filter("transpose", "cclock")
        case _:
            return stream


def read_jpegs(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the pictures of an `mpjpeg` stream as they arrive; a part cut off at the end is left out.

    Raises `MediaToolFailed` when the stream is not what FFmpeg writes.
    """
    while line := stream.readline(_LINE_LIMIT):
        if line == b"\r\n":  # ends a picture
            continue
        if line != _BOUNDARY:
            raise _not_multipart(line)
        size = _content_length(stream)
        if size is None:  # the boundary after the last picture
            return
        jpeg = stream.read(size)
        if len(jpeg) < size:
            return
        yield jpeg


def _content_length(stream: IO[bytes]) -> int | None:
    """Read a part's headers and return its length in bytes; None at the end of the stream."""
    size = None
    while (header := stream.readline(_LINE_LIMIT)) != b"\r\n":
        if not header:
            return None
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            size = int(value)
    if size is None or not 0 < size <= _PART_LIMIT:
        raise _not_multipart(header)
    return size


def _not_multipart(line: bytes) -> MediaToolFailed:
    return MediaToolFailed("FFmpeg wrote what is not a picture", f"read {line!r} between two pictures")
