"""Frames into an MP4, through FFmpeg."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from brandlens.errors import MediaToolFailed, NotFound
from local.demo.compositing import Picture


def encode(pictures: Iterable[Picture], file: Path, width: int, height: int, frame_rate: int) -> None:
    """Write `pictures` (BGR, height x width x 3) as H.264 in MP4.

    Raises
    ------
    NotFound
        There is no ffmpeg on PATH.
    MediaToolFailed
        ffmpeg ended with an error.
    """
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise NotFound(
            "ffmpeg is not on PATH", "the demo's video is written with it", "Install the package ffmpeg"
        )
    command = [
        ffmpeg, "-v", "error", "-nostdin", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24",
        "-s", f"{width}x{height}", "-r", str(frame_rate),
        "-i", "pipe:0", "-c:v", "libx264", "-preset", "superfast", "-crf", "23",
        "-pix_fmt", "yuv420p", "-g", str(2 * frame_rate), "-movflags", "+faststart", "-f", "mp4", str(file),
    ]  # fmt: skip
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, stdin=subprocess.PIPE, stderr=log) as process,
    ):
        assert process.stdin is not None
        try:
            for picture in pictures:
                process.stdin.write(picture.tobytes())
            process.stdin.close()
        except BrokenPipeError:
            pass  # its exit status and words say why
        except BaseException:
            process.kill()
            raise
        if process.wait():
            log.seek(0)
            words = log.read().decode(errors="replace").strip().splitlines() or [
                f"exit status {process.returncode}"
            ]
            raise MediaToolFailed("ffmpeg could not write the demo's video", words[-1].rstrip("."))
