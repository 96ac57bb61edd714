"""What asking people to label needs from outside, as protocols; `brandlens.adapters` implements them."""

from collections.abc import Mapping
from typing import Any, Protocol

from brandlens.jobs import JobError
from brandlens.labeling.state import LabelingJob
from brandlens.labeling.waits import LabelingWait


class LabelingService(Protocol):
    """Amazon SageMaker Ground Truth. Labeling jobs bear the names we give them."""

    def create(self, parameters: Mapping[str, Any]) -> bool:
        """Create the labeling job of these CreateLabelingJob parameters; False when its name is taken."""
        ...

    def describe(self, name: str) -> LabelingJob | None: ...
    def stop(self, name: str) -> None:
        """Stop the labeling job; one that has ended, or never was, is left alone."""
        ...


class LabelingWaits(Protocol):
    """Who waits for which labeling job: one for each at most, by the job's ARN."""

    def put(self, wait: LabelingWait) -> None:
        """Remember the wait in the place of an older one for the same labeling job."""
        ...

    def get(self, labeling_job_arn: str) -> LabelingWait | None: ...
    def remove(self, labeling_job_arn: str, token: str) -> bool:
        """Forget the wait with this token; False when another has taken its place, which stays."""
        ...


class TaskTokens(Protocol):
    """The states of state machines that wait for a callback.

    Each call returns whether the state waited: not when it has timed out, was ended by the same token before,
    or its execution is over.
    """

    def succeed(self, token: str, output: Mapping[str, Any]) -> bool: ...
    def fail(self, token: str, error: JobError) -> bool: ...
