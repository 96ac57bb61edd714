"""`python -m brandlens.detect.sagemaker`: the program of a SageMaker training job.

The exit code says whether the model was trained; why not is left where DescribeTrainingJob shows it. SIGTERM,
by which SageMaker stops a job, ends it; what was learned stays in the checkpoints.
"""

import logging
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from brandlens.detect.command.progress import shown_progress
from brandlens.detect.sagemaker.container import Container
from brandlens.detect.sagemaker.training import train
from brandlens.errors import BrandlensError

BASE = "SAGEMAKER_BASE_DIR"
"""The variable by which SageMaker's own training toolkit is told of another folder than /opt/ml."""
_STOPPED = 143


def main() -> int:
    """Return the exit code."""
    logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message)s", level=logging.INFO)
    container = Container(Path(os.environ.get(BASE, "/opt/ml")))
    try:
        with shown_progress(Console(file=sys.stdout, width=200, markup=False)) as progress:
            train(
                container,
                threads=len(os.sched_getaffinity(0)),
                progress=progress,
                warn=logging.warning,
                now=lambda: datetime.now(UTC),
            )
    except KeyboardInterrupt:
        return _STOPPED
    except BrandlensError as error:
        logging.error("%s", error)
        container.fail(str(error))
        return 1
    except Exception as error:
        logging.exception("the training failed unexpectedly")
        container.fail(f"The training failed unexpectedly: {type(error).__name__}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
