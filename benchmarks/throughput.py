"""How much of the throughput that the service grants is used: `python -m benchmarks.throughput`.

In a local cloud of its own, whose model answers at once, so that only the service's throttling bounds it, a
video in which every frame is new is analyzed on 1, 2 and 5 inference units. What the service granted is its
rate for the time that detection took, and the second's worth of calls that it lets through at once besides.
What was achieved is the frames looked at in that time, starts of functions and batches with it.
"""

import argparse
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import boto3

from benchmarks.figures import report
from benchmarks.private_cloud import private_cloud
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.rekognition import RekognitionModels
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.environment import Outputs
from brandlens.inference import Units
from brandlens.jobs import Job, JobRecord, JobState, Model, Source, job_id_for, result_prefix
from brandlens.workfiles import FAILURES, FRAMES, read_found
from local.cloud import LocalCloud

UNITS = (1, 2, 5)
CALLS_PER_SECOND_PER_UNIT = 5
"""What `local.services.rekognition` grants, with a burst of one second."""

SECONDS = 40
"""How long detection should take, so that starts weigh little."""

LIMIT_SECONDS = 600


@dataclass(frozen=True)
class Measured:
    frames: int
    failed: int
    seconds: float


def main() -> None:
    argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__).parse_args()
    projects = {units: f"units{units}" for units in UNITS}
    with (
        tempfile.TemporaryDirectory() as folder,
        private_cloud(Path(folder), tuple(projects.values()), {"BRANDLENS_START_SECONDS": "1"}) as (
            cloud,
            models,
        ),
    ):
        for units, project in projects.items():
            rate = CALLS_PER_SECOND_PER_UNIT * units
            video = _video(Path(folder) / f"{project}.mp4", frames=rate * SECONDS)
            measured = measure(cloud, project, models[project], units, video)
            granted = rate * (measured.seconds + 1)
            used = measured.frames / granted
            print(
                f"{units} units: {measured.frames} frames in {measured.seconds:.1f} s, "
                f"{measured.frames / measured.seconds:.1f} a second of {granted / measured.seconds:.1f} "
                f"granted ({used:.0%}), {measured.failed} failed"
            )
            report(f"part of what {units} units grant that is not used", 1 - used, 0.1)
            report(f"frames that failed on {units} units", measured.failed, 0)


def measure(cloud: LocalCloud, project: str, model: Model, units: int, video: Path) -> Measured:
    """Analyze the video with the model, running on so many units whatever the job would choose."""
    outputs = Outputs.model_validate(cloud.outputs)
    _start(model, units)
    source = _drop(video, project, outputs.media_bucket)
    record = _ended(JobsTable(outputs.jobs_table), job_id_for(source))
    job = Job(job_id=record.job_id, project=project, source=source, started_at=record.created_at)
    work, prefix = S3ObjectStore(outputs.work_bucket), result_prefix(job)
    found = len(read_found(work, prefix))
    known = ModelsTable(outputs.models_table).known(model.arn)
    assert known is not None
    assert known.frames_per_second is not None
    if record.state is not JobState.SUCCEEDED:
        raise RuntimeError(record.error.message if record.error else record.state)
    failures = sum(1 for _ in work.keys(prefix + FAILURES))
    return Measured(
        frames=found,
        failed=sum(1 for _ in work.keys(prefix + FRAMES)) - found + failures,
        seconds=found / (known.frames_per_second * units),
    )


def _start(model: Model, units: int) -> None:
    models = RekognitionModels()
    models.start(model, Units(least=units, most=units))
    while models.status(model) != "RUNNING":
        time.sleep(0.1)


def _drop(video: Path, project: str, bucket: str) -> Source:
    key = f"inbox/{project}/analyze/{video.name}"
    put = boto3.Session().client("s3").put_object(Bucket=bucket, Key=key, Body=video.read_bytes())
    return Source(bucket=bucket, key=key, version=put["VersionId"])


def _ended(jobs: JobsTable, job_id: str) -> JobRecord:
    began = datetime.now(UTC)
    while (datetime.now(UTC) - began).total_seconds() < LIMIT_SECONDS:
        record = jobs.get(job_id)
        if record is not None and record.state.is_terminal:
            return record
        time.sleep(0.2)
    raise TimeoutError(f"job {job_id} has not ended within {LIMIT_SECONDS} s: {jobs.get(job_id)}")


def _video(path: Path, *, frames: int) -> Path:
    """Make a video of two frames a second, as many as are looked at, each of noise and so new."""
    noise = f"nullsrc=s=160x90:r=2:d={frames / 2},geq=lum='random(1)*255':cb=128:cr=128"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", noise, "-pix_fmt", "yuv420p", path], check=True
    )
    return path


if __name__ == "__main__":
    main()
