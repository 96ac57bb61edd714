"""What a detector costs in a process of its own, as in Lambda: start, frames a second, memory.

`python -m benchmarks.detector.fresh MODEL MODE THREADS PICTURES`: says `ready` after the first picture of the
folder, then prints the seconds that loading took, the seconds a picture takes and the peak resident memory in
bytes. Imports no PyTorch.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from brandlens.detect.load import load_detector
from brandlens.detect.pyramid import Mode

_READY = "ready"


@dataclass(frozen=True)
class Cost:
    """Seconds from the start of Python to the first picture's boxes, those of them that loading the model
    took, frames a second after it, peak MiB."""

    start_seconds: float
    load_seconds: float
    frames_per_second: float
    peak_mebibytes: float


def measure_cost(model: Path, mode: Mode, pictures: Path, *, threads: int) -> Cost:
    """Start a fresh process that loads `model` and looks at every file of the folder `pictures`."""
    command = [sys.executable, "-m", __name__, str(model), mode, str(threads), str(pictures)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline().strip()
        start_seconds = time.perf_counter() - started
        rest = process.stdout.read().split()
    if process.returncode or first != _READY:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    load_seconds, picture_seconds, peak_bytes = map(float, rest)
    return Cost(start_seconds, load_seconds, 1 / picture_seconds, peak_bytes / 2**20)


def main() -> None:
    model, mode, threads, pictures = sys.argv[1:]
    files = sorted(Path(pictures).iterdir())
    began = time.perf_counter()
    detector = load_detector(Path(model), mode=cast("Mode", mode), threads=int(threads))
    load_seconds = time.perf_counter() - began
    detector.detect(files[0].read_bytes(), min_confidence=50)
    print(_READY, flush=True)
    started = time.perf_counter()
    for file in files:
        detector.detect(file.read_bytes(), min_confidence=50)
    print(load_seconds)
    print((time.perf_counter() - started) / len(files))
    print(_peak_bytes())


def _peak_bytes() -> int:
    """Return the peak resident memory of this program; getrusage's may be its parent's."""
    status = Path("/proc/self/status").read_text()
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
