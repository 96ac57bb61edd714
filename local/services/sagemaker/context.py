"""What every operation works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from local.services.aws_json.signature import Caller
from local.services.sagemaker.errors import not_found
from local.services.sagemaker.objects import Objects
from local.services.sagemaker.records import LabelingJobRecord
from local.services.sagemaker.store import Store
from local.services.sagemaker.training.jobs import TrainingJobs


@dataclass(frozen=True, slots=True)
class Context:
    """`site` is where the worker page is: host and port. `packages` keeps files out of npm packages."""

    store: Store
    objects: Objects
    site: str
    packages: Path
    now: Callable[[], datetime]
    trainings: TrainingJobs

    def job(self, name: str, caller: Caller) -> LabelingJobRecord:
        """Return a labeling job of the caller's account and region, or raise ResourceNotFound."""
        record = self.store.get(LabelingJobRecord, f"{arn_prefix(caller)}labeling-job/{name.lower()}")
        if record is None:
            raise not_found(f"the labeling job {name}")
        return record


def arn_prefix(caller: Caller) -> str:
    return f"arn:aws:sagemaker:{caller.region}:{caller.account}:"
