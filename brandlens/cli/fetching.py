"""Gets a job's results from the results bucket."""

from pathlib import Path

from brandlens.adapters.transfer import Transfer
from brandlens.cli.cloud import Cloud
from brandlens.errors import NotFound
from brandlens.jobs import JobRecord
from brandlens.results import Analysis


def finished_job(cloud: Cloud, job_id: str) -> JobRecord:
    """Return the job, or say in `NotFound` why it has no results."""
    record = known_job(cloud, job_id)
    if record.result is None:
        why = record.error.message if record.error else f"it is {record.state}"
        raise NotFound(f"Job {job_id} has no results", why.rstrip("."), f"See `brandlens jobs show {job_id}`")
    return record


def known_job(cloud: Cloud, job_id: str) -> JobRecord:
    record = cloud.jobs.get(job_id)
    if record is None:
        raise NotFound(f"Job {job_id} is not known", "no job has that id", "See `brandlens jobs list`")
    return record


def read_analysis(cloud: Cloud, record: JobRecord) -> Analysis:
    return Analysis.model_validate_json(cloud.results.read(f"{_prefix(record)}analysis.json"))


def download_results(cloud: Cloud, record: JobRecord, out: Path) -> Path:
    """Download every file of the result to `out/<job id>/` and return that folder."""
    folder = out / record.job_id
    transfer = Transfer(cloud.outputs.results_bucket)
    for key in cloud.results.keys(_prefix(record)):
        transfer.download(key, folder / key.removeprefix(_prefix(record)))
    return folder


def _prefix(record: JobRecord) -> str:
    return f"{record.project}/{record.job_id}/"
