"""How far the people are who label for a job."""

from typing import NamedTuple

from brandlens.labeling.plan import KINDS, labeling_job_arn, labeling_job_name
from brandlens.labeling.ports import LabelingService

STEP = "label"
"""The step of a job in which people are asked. How far they are, the service alone tells."""


class Labeled(NamedTuple):
    """How many items people have labeled, of how many."""

    done: int
    total: int


def labeled(service: LabelingService, job_arn_prefix: str, job_id: str) -> Labeled | None:
    """Count the items of a job's labeling jobs; None before there are any."""
    names = (labeling_job_name(labeling_job_arn(job_arn_prefix, job_id, kind)) for kind in KINDS)
    found = [job for name in names if (job := service.describe(name))]
    if not found:
        return None
    done = sum(job.labeled for job in found)
    return Labeled(done, done + sum(job.unlabeled for job in found))
