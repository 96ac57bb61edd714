"""A training program of a few lines, whose one argument says what it does."""

import json
import os
import sys
import time
from pathlib import Path

ML = Path(os.environ["SAGEMAKER_BASE_DIR"])


def learn() -> None:
    """Leave what the program was told and given as its model."""
    told = json.loads((ML / "input/config/hyperparameters.json").read_text())
    data = ML / "input/data"
    seen = sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())
    keys = [name for name in os.environ if name.startswith("AWS_")]
    (ML / "model/model.json").write_text(json.dumps([told, seen, keys]))


def wait() -> None:
    time.sleep(60)


def fail() -> None:
    (ML / "output/failure").write_text("There is no box.")
    sys.exit(3)


def resume() -> None:
    """Take a minute, unless something was learned before."""
    kept = ML / "checkpoints/kept"
    if not kept.exists():
        kept.write_text("learned")
        wait()
    (ML / "model/model.json").write_text("again")


if __name__ == "__main__":
    {"learn": learn, "wait": wait, "fail": fail, "resume": resume}[sys.argv[1]]()
