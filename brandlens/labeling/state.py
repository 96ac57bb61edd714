"""A Ground Truth labeling job, as far as it matters who waits for it."""

from typing import Literal

from brandlens.jobs import Value

LabelingStatus = Literal["Initializing", "InProgress", "Completed", "Failed", "Stopping", "Stopped"]
"""As DescribeLabelingJob has it."""


class LabelingJob(Value):
    """A labeling job at one moment.

    `output_manifest` is an `s3://` URI; it is null until the job has answers. `labeled` and `unlabeled` count
    its objects: pictures, and videos as one each.
    """

    status: LabelingStatus
    output_manifest: str | None = None
    failure_reason: str | None = None
    labeled: int = 0
    unlabeled: int = 0

    @property
    def has_ended(self) -> bool:
        return self.status in ("Completed", "Failed", "Stopped")
