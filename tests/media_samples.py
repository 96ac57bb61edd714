"""Test media, made by FFmpeg when first asked for and kept in the temporary folder for the next run.

Every file is 160 x 90 (unless said) of FFmpeg's `testsrc2`, whose pictures differ from frame to frame.
"""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

_PICTURE = "testsrc2=s=160x90:r=25:d=6"
_X264 = ("-c:v", "libx264", "-preset", "veryfast", "-g", "50", "-bf", "3", "-pix_fmt", "yuv420p")
_SOUND = ("-f", "lavfi", "-i", "sine=d=6")


def _lavfi(source: str) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", source)


@dataclass(frozen=True)
class Recipe:
    """FFmpeg's arguments, without the output; `{name}` stands for the path of another sample. `finish` then
    changes the file's bytes."""

    suffix: str
    arguments: tuple[str, ...]
    finish: Callable[[bytes], bytes] | None = None


def _without_index(data: bytes) -> bytes:
    """As an upload that broke off leaves it: the index (moov) at the end is missing."""
    return data[: data.rindex(b"moov") - 4]


def _first_60_percent(data: bytes) -> bytes:
    return data[: len(data) * 6 // 10]


def _damaged_middle(data: bytes) -> bytes:
    """Overwrite the bytes from 40 to 50 percent, which hold the third and fourth second."""
    start, end = len(data) * 40 // 100, len(data) * 50 // 100
    return data[:start] + bytes(byte ^ 0x5A for byte in data[start:end]) + data[end:]


def _without_packets(data: bytes) -> bytes:
    """Zero the frames that follow the headers, so that not one decodes."""
    start = data.index(b"mdat") + 4
    end = data.index(b"moov", start) - 4 if b"moov" in data[start:] else len(data)
    return data[:start] + bytes(end - start) + data[end:]


RECIPES = {
    "b_frames": Recipe(".mp4", (*_lavfi(_PICTURE), *_X264)),
    "open_gop": Recipe(".mp4", (*_lavfi(_PICTURE), *_X264, "-x264-params", "open-gop=1")),
    "intra_refresh": Recipe(
        ".mp4", (*_lavfi(_PICTURE), *_X264, "-bf", "0", "-x264-params", "intra-refresh=1")
    ),
    # A column of blocks a frame: after a key frame it takes 80 frames until the picture is whole.
    "slow_intra_refresh": Recipe(
        ".mp4",
        (
            *_lavfi("testsrc2=s=1280x64:r=25:d=8"), *_X264,
            "-bf", "0", "-g", "100", "-x264-params", "intra-refresh=1",
        ),
    ),
    "hevc_10_bit": Recipe(
        ".mp4",
        (
            *_lavfi(_PICTURE), "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le",
            "-x265-params", "log-level=none:open-gop=1:keyint=50:bframes=4:pools=1",
        ),
    ),
    "prores_422_10_bit": Recipe(".mov", (*_lavfi(_PICTURE), "-c:v", "prores_ks", "-pix_fmt", "yuv422p10le")),
    "h264_422_10_bit": Recipe(".mp4", (*_lavfi(_PICTURE), *_X264, "-pix_fmt", "yuv422p10le")),
    "mpeg4": Recipe(".mp4", (*_lavfi(_PICTURE), "-c:v", "mpeg4")),
    "motion_jpeg": Recipe(".mov", (*_lavfi(_PICTURE), "-c:v", "mjpeg", "-pix_fmt", "yuvj420p")),
    "png": Recipe(".mov", (*_lavfi(_PICTURE), "-c:v", "png")),
    "vp9": Recipe(".mp4", (*_lavfi(_PICTURE), "-c:v", "libvpx-vp9", "-deadline", "realtime")),
    "dnxhd": Recipe(
        ".mov",
        (
            *_lavfi("testsrc2=s=1280x720:r=5:d=1"),
            "-c:v", "dnxhd", "-profile:v", "dnxhr_lb", "-pix_fmt", "yuv422p",
        ),
    ),
    "variable_rate": Recipe(
        ".mp4",
        (
            *_lavfi("testsrc2=s=160x90:r=50:d=6"),
            "-vf", "select='between(t,0,1)+between(mod(n,17),3,5)+gt(t,5.3)',settb=1/90000",
            "-fps_mode", "vfr", "-enc_time_base", "1:90000", *_X264,
        ),
    ),
    "ntsc_rate": Recipe(".mp4", (*_lavfi("testsrc2=s=160x90:r=30000/1001:d=6"), *_X264)),
    "edit_list_cut": Recipe(".mp4", ("-ss", "1.3", "-i", "{b_frames}", "-c", "copy")),
    "edit_list_cut_open_gop": Recipe(".mov", ("-ss", "2.5", "-i", "{hevc_10_bit}", "-c", "copy")),
    "starts_late": Recipe(".mp4", ("-itsoffset", "2.5", "-i", "{b_frames}", "-c", "copy")),
    "no_edit_list": Recipe(".mp4", ("-i", "{b_frames}", "-c", "copy", "-use_editlist", "0")),
    "negative_offsets": Recipe(
        ".mp4", ("-i", "{b_frames}", "-c", "copy", "-movflags", "negative_cts_offsets")
    ),
    "sound_starts_first": Recipe(
        ".mp4",
        (
            *_SOUND, "-itsoffset", "1.3", "-i", "{b_frames}",
            "-map", "1:v", "-map", "0:a", "-c:v", "copy", "-c:a", "aac",
        ),
    ),
    "fragmented": Recipe(".mp4", ("-i", "{b_frames}", "-c", "copy", "-movflags", "frag_keyframe+empty_moov")),
    "index_first": Recipe(".mp4", ("-i", "{b_frames}", "-c", "copy", "-movflags", "faststart")),
    "turned_clockwise": Recipe(".mp4", ("-i", "{b_frames}", "-c", "copy", "-metadata:s:v", "rotate=270")),
    "upside_down": Recipe(".mp4", ("-i", "{b_frames}", "-c", "copy", "-metadata:s:v", "rotate=180")),
    "odd_size": Recipe(".mp4", (*_lavfi("testsrc=s=161x91:r=25:d=2"), *_X264, "-pix_fmt", "yuv444p")),
    "tiny": Recipe(".mp4", (*_lavfi("testsrc2=s=48x32:r=25:d=1"), *_X264)),
    "oblong_pixels": Recipe(".mp4", (*_lavfi("testsrc2=s=144x96:r=25:d=1"), "-vf", "setsar=3/2", *_X264)),
    "interlaced": Recipe(
        ".mp4",
        (
            *_lavfi("testsrc2=s=160x96:r=50:d=6"), "-vf", "tinterlace=interleave_top,setfield=tff",
            "-flags", "+ildct+ilme", "-x264-params", "tff=1", *_X264,
        ),
    ),
    "one_frame": Recipe(".mp4", (*_lavfi(_PICTURE), *_X264, "-frames:v", "1")),
    "solid_red": Recipe(
        ".mp4",
        (
            *_lavfi("color=0xC80A28:s=1280x720:r=5:d=1"), "-vf", "scale=out_color_matrix=bt709", *_X264,
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        ),
    ),
    "sound_only": Recipe(".mp4", (*_SOUND, "-c:a", "aac")),
    "cover_picture_only": Recipe(
        ".mp4",
        (
            *_SOUND, *_lavfi("testsrc2=s=64x64:d=0.04"), "-map", "0", "-map", "1", "-c:a", "aac",
            "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-frames:v", "1", "-disposition:v", "attached_pic",
        ),
    ),
    "huge": Recipe(
        ".mp4",
        (*_lavfi("color=s=8192x4096:r=1:d=1"), "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-frames:v", "1"),
    ),
    "broken_off": Recipe(".mp4", ("-i", "{b_frames}", "-c", "copy"), _without_index),
    "broken_off_index_first": Recipe(
        ".mp4", ("-i", "{b_frames}", "-c", "copy", "-movflags", "faststart"), _first_60_percent
    ),
    "damaged": Recipe(".mp4", ("-i", "{b_frames}", "-c", "copy"), _damaged_middle),
    "no_frame_decodes": Recipe(".mp4", ("-i", "{b_frames}", "-c", "copy"), _without_packets),
}  # fmt: skip


@cache
def sample(name: str) -> Path:
    """Return the path of the sample `name`, made if it is not there yet."""
    recipe = RECIPES[name]
    arguments = [_filled(argument) for argument in recipe.arguments]
    identity = hashlib.sha256("\0".join((name, *arguments, _code(recipe))).encode()).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / "brandlens-samples" / f"{name}-{identity}{recipe.suffix}"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_name(f"{os.getpid()}-{path.name}")
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", *arguments, "-fflags", "+bitexact", unfinished], check=True
        )
        if recipe.finish:
            unfinished.write_bytes(recipe.finish(unfinished.read_bytes()))
        unfinished.rename(path)
    return path


def _filled(argument: str) -> str:
    if argument.startswith("{"):
        return str(sample(argument[1:-1]))
    return argument


def _code(recipe: Recipe) -> str:
    return recipe.finish.__code__.co_code.hex() if recipe.finish else ""


def decoded_timestamps(path: Path) -> list[int]:
    """Every frame's timestamp, in ticks, as a full decode by ffprobe gives them: the oracle of sampling."""
    printed = subprocess.run(
        [
            "ffprobe", "-v", "quiet", "-f", "mov", "-select_streams", "v:0", "-show_entries",
            "frame=best_effort_timestamp", "-of", "csv=p=0", path,
        ],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    timestamps = [int(line.strip(",")) for line in printed.split()]
    assert all(one < other for one, other in pairwise(timestamps))
    return timestamps
