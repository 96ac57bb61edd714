"""Reading a video's headers: the ffprobe command line, and what its answer means."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from pydantic import ValidationError

from brandlens.errors import CorruptMedia, MediaTooLarge, NoVideoStream
from brandlens.jobs import Value
from brandlens.media.dimensions import MAX_VIDEO_PIXELS, MAX_VIDEO_SECONDS, require_pixels
from brandlens.media.source import input_name, source_options
from brandlens.results import Media

Rotation = Literal[0, 90, 180, 270]

_ENTRIES = (
    "stream=index,codec_name,codec_type,width,height,sample_aspect_ratio,avg_frame_rate,time_base,start_pts,"
    "duration_ts,field_order,color_space"
    ":stream_disposition=attached_pic:stream_side_data=rotation:format=duration"
)
# Enough for every header; FFmpeg reads packets up to these bounds when headers leave something open.
_PROBE_BYTES = 5_000_000
_ANALYZE_MICROSECONDS = 5_000_000
_INTERLACED = frozenset(("tt", "bb", "tb", "bt"))
# ffprobe's names for a stream's colour matrix -> the scale filter's names for it.
_COLOR_MATRICES = {
    "bt709": "bt709",
    "bt470bg": "bt601",
    "smpte170m": "bt601",
    "smpte240m": "smpte240m",
    "fcc": "fcc",
    "bt2020nc": "bt2020",
    "bt2020c": "bt2020",
}
_HD_HEIGHT = 720


class VideoProbe(Value):
    """What the headers say of a file's video stream, and what extraction needs to know of it.

    `time_base` is in seconds a tick, `start_pts` in ticks, `duration` in seconds (None when not told).
    `rotation` is the clockwise turn, in degrees, that shows the picture upright; `media` has its size with
    that applied.
    """

    media: Media
    stream_index: int
    time_base: Fraction
    start_pts: int
    duration: Fraction | None
    rotation: Rotation
    interlaced: bool
    color_matrix: str


def probe_arguments(url: str, ca_file: str | None) -> list[str]:
    """Return ffprobe's arguments (without the program) that print the headers of the video at `url` as
    JSON."""
    options = {
        "v": "error",
        "of": "json",
        "select_streams": "v",
        "show_entries": _ENTRIES,
        "probesize": _PROBE_BYTES,
        "analyzeduration": _ANALYZE_MICROSECONDS,
    } | source_options(url, ca_file)
    arguments = [part for name, value in options.items() for part in (f"-{name}", str(value))]
    return [*arguments, "-i", input_name(url)]


def read_probe(answer: Mapping[str, Any]) -> VideoProbe:
    """Understand ffprobe's answer, parsed from JSON.

    Raises `NoVideoStream` without a moving picture (a cover picture is none), `MediaTooLarge` over
    `MAX_VIDEO_PIXELS` or `MAX_VIDEO_SECONDS`, `CorruptMedia` when a header makes no sense.
    """
    stream = _video_stream(answer.get("streams", ()))
    try:
        probe = _understand(stream, answer.get("format", {}))
    except (KeyError, ValueError, ZeroDivisionError, ValidationError) as error:
        raise CorruptMedia(
            "The video's headers make no sense", f"FFmpeg read no usable {error}", "Export it again"
        ) from error
    require_pixels(probe.media.width, probe.media.height, MAX_VIDEO_PIXELS)
    if probe.duration is not None and probe.duration > MAX_VIDEO_SECONDS:
        raise MediaTooLarge(
            "The video is too long",
            f"it lasts {float(probe.duration) / 3600:.1f} hours and the limit is {MAX_VIDEO_SECONDS // 3600}",
            "Cut it into parts",
        )
    return probe


def _video_stream(streams: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    for stream in streams:
        if stream.get("codec_type") == "video" and not stream.get("disposition", {}).get("attached_pic"):
            return stream
    raise NoVideoStream(
        "The file has no video",
        "it holds no video stream, only sound or other data",
        "Upload the video itself",
    )


def _understand(stream: Mapping[str, Any], container: Mapping[str, Any]) -> VideoProbe:
    time_base = Fraction(stream["time_base"])
    duration = _duration(stream, container, time_base)
    rotation = _rotation(stream)
    width, height = _size_as_shown(stream, rotation)
    frame_rate = _ratio(stream.get("avg_frame_rate"))
    return VideoProbe(
        media=Media(
            kind="video",
            width=width,
            height=height,
            duration_seconds=None if duration is None else float(duration),
            frame_rate=None if frame_rate is None else float(frame_rate),
            codec=stream.get("codec_name", "unknown"),
        ),
        stream_index=stream["index"],
        time_base=time_base,
        start_pts=stream.get("start_pts", 0),
        duration=duration,
        rotation=rotation,
        interlaced=stream.get("field_order") in _INTERLACED,
        color_matrix=_color_matrix(stream),
    )


def _duration(
    stream: Mapping[str, Any], container: Mapping[str, Any], time_base: Fraction
) -> Fraction | None:
    if stream.get("duration_ts"):
        return Fraction(stream["duration_ts"]) * time_base
    return Fraction(container["duration"]) if container.get("duration") else None


def _rotation(stream: Mapping[str, Any]) -> Rotation:
    """The clockwise turn of the display matrix; FFmpeg tells it counterclockwise. Odd angles go to the
    nearest right angle, as the picture is a rectangle."""
    counterclockwise = next(
        (side["rotation"] for side in stream.get("side_data_list", ()) if "rotation" in side), 0
    )
    turns: tuple[Rotation, ...] = (0, 90, 180, 270)
    return turns[round(-counterclockwise / 90) % 4]


def _size_as_shown(stream: Mapping[str, Any], rotation: Rotation) -> tuple[int, int]:
    """Width and height in square pixels, turned upright."""
    pixel_aspect = _ratio(stream.get("sample_aspect_ratio", "").replace(":", "/")) or Fraction(1)
    width, height = round(stream["width"] * pixel_aspect), int(stream["height"])
    if min(width, height) < 1:
        raise ValueError("size of the picture")
    return (height, width) if rotation in (90, 270) else (width, height)


def _ratio(text: str | None) -> Fraction | None:
    """Parse `num/den`, where FFmpeg writes 0 in either place for unknown."""
    numerator, _, denominator = (text or "").partition("/")
    if not numerator.isdigit() or not denominator.isdigit() or int(numerator) * int(denominator) == 0:
        return None
    return Fraction(int(numerator), int(denominator))


def _color_matrix(stream: Mapping[str, Any]) -> str:
    """The colour matrix as the scale filter names it; where the stream is silent, what players assume: BT.709
    from 720 lines on, BT.601 below."""
    assumed = "bt709" if stream["height"] >= _HD_HEIGHT else "bt601"
    return _COLOR_MATRICES.get(stream.get("color_space", ""), assumed)
