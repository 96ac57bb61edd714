"""Videos of the sample's length: real footage with boards in it, as it moves or held picture by picture."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cost import sample

FOLDER = Path(".brandlens/bench/cost")
RATE = 3
SECONDS = sample.VIDEO_FRAMES / RATE
HELD_SECONDS = 4

_ENCODER = ("-c:v", "libx264", "-preset", "veryfast", "-b:v", "4M", "-pix_fmt", "yuv420p")
# One frame in so many seconds, shown until the next, under the noise of a camera's sensor.
_HELD = f"fps=1/{HELD_SECONDS},fps=25,noise=alls=6:allf=t"


def moving(clips: Sequence[Path]) -> Path:
    """Play the clips one after the other, again and again."""
    return _repeated("moving", _joined(clips))


def held(clips: Sequence[Path]) -> Path:
    """Play them as a talk or a show of pictures does: each picture stays for `HELD_SECONDS`."""
    joined, one = _joined(clips), FOLDER / "held.mp4"
    _run("-i", str(joined), "-vf", _HELD, *_ENCODER, str(one))
    return _repeated("held", one)


def _joined(clips: Sequence[Path]) -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    names, joined = FOLDER / "clips.txt", FOLDER / "joined.mp4"
    names.write_text("".join(f"file '{clip.resolve()}'\n" for clip in clips))
    _run("-f", "concat", "-safe", "0", "-i", str(names), "-c", "copy", str(joined))
    return joined


def _repeated(name: str, one: Path) -> Path:
    """Repeat a video by copying, which takes seconds where encoding all would take minutes."""
    path = FOLDER / f"{name}-16-minutes.mp4"
    _run("-stream_loop", "-1", "-i", str(one), "-t", f"{SECONDS:.3f}", "-c", "copy", str(path))
    return path


def _run(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments], check=True)
