"""The private cloud in which workflows meet their faults, some side by side, each with its own model."""

import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue

from benchmarks.faults.cases import FOLDER, SECONDS_A_MINUTE, Case
from benchmarks.faults.running import Laboratory, Outcome, Watch
from benchmarks.private_cloud import private_cloud

START_SECONDS = "1"
"""How long a model takes to start or stop: what it takes on AWS is not paid for."""


def run_cases(
    folder: Path, cases: Sequence[Case], seconds_a_minute: float, at_once: int
) -> Iterator[Outcome]:
    """Yield the outcome of each case, in the order they come about."""
    faults = folder / "faults"
    for name in ("armed", "hit"):
        (faults / name).mkdir(parents=True)
    picture, video = _media(folder)
    projects = [f"fault{number}" for number in range(min(at_once, len(cases)))]
    environment = {
        FOLDER: str(faults),
        SECONDS_A_MINUTE: str(seconds_a_minute),
        "BRANDLENS_EMULATOR": "benchmarks.faults.emulator",
        "BRANDLENS_START_SECONDS": START_SECONDS,
    }
    with private_cloud(folder, projects, environment) as (cloud, models):
        laboratory = Laboratory(cloud, models, faults, seconds_a_minute, picture, video)
        laboratory.hurry()
        free: SimpleQueue[str] = SimpleQueue()
        for project in projects:
            free.put(project)

        def run(case: Case, watch: Watch) -> Outcome:
            project = free.get()
            try:
                return laboratory.run(case, project, watch)
            finally:
                free.put(project)

        watch = Watch(cloud.rekognition_endpoint)
        with watch.watching(), laboratory.sweeping(), ThreadPoolExecutor(len(projects)) as pool:
            for outcome in as_completed([pool.submit(run, case, watch) for case in cases]):
                yield outcome.result()


def _media(folder: Path) -> tuple[Path, Path]:
    """Make a picture, and a video of a few seconds in which every frame is new."""
    picture, video = folder / "picture.jpg", folder / "video.mp4"
    source = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=5:d=4"]
    subprocess.run([*source, "-pix_fmt", "yuv420p", video], check=True)
    subprocess.run([*source, "-frames:v", "1", picture], check=True)
    return picture, video
