"""The process a training runs in: told its job in the first line of standard input, it answers in JSON lines.

The rest of standard input is a life line: when it closes, the service is gone, and so is the training.
"""

import json
import os
import sys
import threading

from local.services.rekognition.emulator import Emulator
from local.services.rekognition.engine import engine_at
from local.services.rekognition.training_data import TrainingFailed
from local.services.rekognition.training_job import Job, run

_NICENESS = 10
"""Training takes every core for minutes; requests to the service and the emulator go first."""


def main() -> None:
    job = Job.model_validate_json(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(_NICENESS)
    try:
        evaluation = run(job, engine_at(job.engine), Emulator(job.aws_endpoint), _tell_progress)
    except TrainingFailed as error:
        _tell({"failed": str(error)})
    else:
        _tell({"evaluation": evaluation.model_dump()})


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


def _tell_progress(fraction: float) -> None:
    _tell({"progress": fraction})


def _tell(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
