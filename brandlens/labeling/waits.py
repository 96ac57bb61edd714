"""What is kept of a state machine that waits for people to label."""

from datetime import datetime

from pydantic import Field

from brandlens.jobs import Job, Value
from brandlens.training.tasks import TaskKind


class LabelingWait(Value):
    """Who waits for a labeling job. `token` ends the wait: a credential, never to be logged.

    After `expires_at` the wait is over in any case.
    """

    labeling_job_arn: str
    token: str = Field(repr=False)
    job: Job
    kind: TaskKind
    items: int
    expires_at: datetime
