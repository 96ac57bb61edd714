"""What extraction costs beyond decoding: `python -m benchmarks.extraction` (about 15 minutes on 2 cores).

Extraction is the whole path: FFmpeg, the pipe, JPEGs, novelty. It is compared with FFmpeg decoding the same
file into nothing. Runs alternate and medians of ratios count, since other work on the machine disturbs both.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.figures import report
from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.media.jpeg import gray_thumbnail
from brandlens.media.novelty import NoveltyGate
from brandlens.media.sampling import plan_segments

FOLDER = Path(".brandlens/bench")
RATE = Fraction(2)
ROUNDS = 3
CLIP_SECONDS = 20
PEAK_ARGUMENT = "--peak-of"

# Moving and noisy; encoded at 4 Mbit/s, as broadcasts of this size are.
BUSY = "testsrc2=s=1280x720:r=25,noise=alls=9:allf=t"
# Memory depends on the length and the size of the picture, not on what it shows.
PLAIN = "testsrc2=s=1280x720:r=25"


class Cost(NamedTuple):
    """Seconds: of the clock, of FFmpeg's CPU, of Python's CPU."""

    wall: float
    ffmpeg: float
    python: float


def main() -> None:
    if sys.argv[1:2] == [PEAK_ARGUMENT]:
        extract(Path(sys.argv[2]), segments=1)
        both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        print(sum(resource.getrusage(who).ru_maxrss for who in both))
        return
    video, long_video = make_video("busy", BUSY, minutes=16), make_video("plain", PLAIN, minutes=120)
    walls, cpus, decodes = [], [], []
    for number in range(1, ROUNDS + 1):
        decoding = measure(lambda: decode(video))
        whole = measure(lambda: extract(video, segments=1))
        cut = measure(lambda: extract(video, segments=4))
        walls.append(whole.wall / decoding.wall)
        cpus.append((whole.ffmpeg + whole.python) / decoding.ffmpeg)
        # The pictures cost the same in both extractions, so what 4 segments add is decoding.
        decodes.append((decoding.ffmpeg + cut.ffmpeg - whole.ffmpeg) / decoding.ffmpeg)
        print(f"round {number}: decoding {decoding}\n  1 segment {whole}\n  4 segments {cut}", flush=True)
    report("wall time of extraction / wall time of decoding", median(walls), 1.3)
    # On a busy machine the wall tells of its neighbours; this tells of extraction.
    report("CPU of extraction / CPU of decoding", median(cpus), 1.3)
    report("CPU of decoding in 4 segments / CPU of one decoding", median(decodes), 1.15)
    report("peak memory of extracting 2 hours, Python and FFmpeg (MiB)", peak_mib(long_video), 512)


def make_video(name: str, source: str, *, minutes: int) -> Path:
    """Encode a clip and repeat it by copying, which takes seconds where encoding all would take minutes."""
    path = FOLDER / f"{name}-{minutes}-minutes.mp4"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        clip, unfinished = FOLDER / f"{name}-clip.mp4", FOLDER / f"{name}-unfinished.mp4"
        encoder = ("-c:v", "libx264", "-preset", "veryfast", "-b:v", "4M", "-pix_fmt", "yuv420p")
        run("-f", "lavfi", "-i", source, "-t", str(CLIP_SECONDS), *encoder, str(clip))
        repeats = minutes * 60 // CLIP_SECONDS - 1
        run("-stream_loop", str(repeats), "-i", str(clip), "-c", "copy", str(unfinished))
        unfinished.rename(path)
    print(f"{path}: {path.stat().st_size / 2**20:.0f} MiB", flush=True)
    return path


def run(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments], check=True)


def decode(video: Path) -> None:
    run("-i", str(video), "-f", "null", "-")


def extract(video: Path, *, segments: int) -> None:
    tool = FfmpegTool()
    probe = tool.probe(str(video), timeout_s=60)
    assert probe.duration is not None
    for segment in plan_segments(probe.duration, RATE, probe.duration / segments):
        gate = NoveltyGate()
        with tool.frames(str(video), probe, segment, RATE, timeout_s=3600) as frames:
            for frame in frames:
                gate.carried_from(frame.index, gray_thumbnail(frame.jpeg))


def measure(work: Callable[[], None]) -> Cost:
    before = clocks()
    work()
    return Cost(*(after - start for after, start in zip(clocks(), before, strict=True)))


def clocks() -> tuple[float, float, float]:
    child, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic(), child.ru_utime + child.ru_stime, own.ru_utime + own.ru_stime


def peak_mib(video: Path) -> float:
    """Peak resident memory of a fresh Python and of its FFmpeg, added up."""
    command = [sys.executable, "-m", "benchmarks.extraction", PEAK_ARGUMENT, str(video)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(printed) / 1024


if __name__ == "__main__":
    main()
