"""The people who are asked to label: where they do it, and how far they are."""

from brandlens.adapters.sagemaker import GroundTruth
from brandlens.cli.cloud import LOCAL, Cloud
from brandlens.cli.follow_training import Labeled
from brandlens.labeling.plan import KINDS, labeling_job_arn, labeling_job_name


def labeling_page(cloud: Cloud) -> str:
    """Return the address where the stack's work team labels."""
    scheme = "http" if cloud.name == LOCAL else "https"
    return f"{scheme}://{GroundTruth().site(cloud.outputs.work_team_arn)}"


def labeled(cloud: Cloud, job_id: str) -> Labeled | None:
    """Count the items of a job's labeling jobs; None before there are any."""
    service, prefix = GroundTruth(), f"labeling-job/{cloud.outputs.rekognition_project_prefix}"
    names = (labeling_job_name(labeling_job_arn(prefix, job_id, kind)) for kind in KINDS)
    found = [job for name in names if (job := service.describe(name))]
    if not found:
        return None
    done = sum(job.labeled for job in found)
    return Labeled(done, done + sum(job.unlabeled for job in found))
