"""The process of a training job's program: the command that its image would run, from this checkout."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from local.services.sagemaker.errors import JobFailed
from local.services.sagemaker.training.records import TrainingJobRecord

_NICENESS = 10
"""A training takes every core for minutes; requests to the services go first."""
_SECONDS_BETWEEN_LOOKS = 0.1
GRACE_SECONDS = 120.0
"""What a program that is being stopped has to end by itself, as on AWS."""

End = Literal["exited", "stopped", "too long", "closed"]


@dataclass(frozen=True)
class Ended:
    how: End
    code: int


def run(
    job: TrainingJobRecord,
    root: Path,
    *,
    stopping: threading.Event,
    closing: threading.Event,
    clock: Callable[[], float] = time.monotonic,
) -> Ended:
    """Run the job's program until it exits, is stopped or takes too long, or the service closes."""
    with (root / "training.log").open("ab") as log:
        process = subprocess.Popen(
            _command(job),
            cwd=root,
            env=_environment(job, root),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    deadline = clock() + job.most_seconds
    while process.poll() is None:
        if closing.wait(_SECONDS_BETWEEN_LOOKS):
            process.kill()
            return Ended("closed", process.wait())
        if stopping.is_set() or clock() > deadline:
            return Ended(
                "stopped" if stopping.is_set() else "too long", _told_to_end(process, closing, clock)
            )
    return Ended("exited", process.returncode)


def _told_to_end(
    process: "subprocess.Popen[bytes]", closing: threading.Event, clock: Callable[[], float]
) -> int:
    process.terminate()
    patience = clock() + GRACE_SECONDS
    while process.poll() is None and clock() < patience:
        if closing.wait(_SECONDS_BETWEEN_LOOKS):
            break
    process.kill()
    return process.wait()


def _command(job: TrainingJobRecord) -> Sequence[str]:
    algorithm = job.request["AlgorithmSpecification"]
    entry = algorithm.get("ContainerEntrypoint")
    if not entry:
        raise JobFailed("No image is run here: the job has to name its ContainerEntrypoint.")
    program = sys.executable if entry[0] == "python" else entry[0]
    return [program, *entry[1:], *algorithm.get("ContainerArguments", [])]


def _environment(job: TrainingJobRecord, root: Path) -> dict[str, str]:
    """Return the program's variables. Like a container's, they hold no credentials of the service."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return inherited | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        # By which SageMaker's own training toolkit is told of another folder than /opt/ml.
        "SAGEMAKER_BASE_DIR": str(root),
        "TRAINING_JOB_NAME": job.name,
        **job.request.get("Environment", {}),
    }
