"""The people who are asked to label: where they do it, and how far they are.

SageMaker is asked that, for a job's record cannot tell: while people label, its state machine stands still
until their task token comes back. The record holds how many items there are, not how many are done.
"""

from brandlens.adapters.sagemaker import GroundTruth
from brandlens.cli.cloud import LOCAL, Cloud
from brandlens.jobs import JobRecord
from brandlens.labeling import progress
from brandlens.labeling.progress import Labeled


def labeling_page(cloud: Cloud) -> str:
    """Return the address where the stack's work team labels."""
    scheme = "http" if cloud.name == LOCAL else "https"
    return f"{scheme}://{GroundTruth().site(cloud.outputs.work_team_arn)}"


def told(cloud: Cloud, record: JobRecord) -> str:
    """Say how far the people are who label for a job, and where."""
    done, total = labeled(cloud, record.job_id) or Labeled(0, record.total or 0)
    return f"People have labeled {done} of {total} items, at {labeling_page(cloud)}"


def labeled(cloud: Cloud, job_id: str) -> Labeled | None:
    """Count the items of a job's labeling jobs; None before there are any."""
    prefix = f"labeling-job/{cloud.outputs.rekognition_project_prefix}"
    return progress.labeled(GroundTruth(), prefix, job_id)
