"""What views look up by the parts of their path; `NotFound` and `UnknownProject` where there is none."""

from brandlens.errors import NotFound, UnknownProject
from brandlens.jobs import JobRecord
from brandlens.ports import Project
from brandlens.results import Analysis
from functions.api.deps import Deps


def known_project(name: str, deps: Deps) -> Project:
    project = deps.projects.get(name)
    if project is None:
        raise UnknownProject(
            f"Project {name} is not known", "there is none of that name", "List the projects"
        )
    return project


def known_job(job_id: str, deps: Deps) -> JobRecord:
    record = deps.jobs.get(job_id)
    if record is None:
        raise NotFound(f"Job {job_id} is not known", "no job has that id", "List the jobs")
    return record


def finished_analysis(job_id: str, deps: Deps) -> JobRecord:
    """Return an analysis that has results, or say in `NotFound` why it has none."""
    record = known_job(job_id, deps)
    if record.kind != "analysis" or record.result is None:
        why = "it is a training" if record.kind == "training" else f"it is {record.state}"
        if record.error:
            why = record.error.message.rstrip(".")
        raise NotFound(f"Job {job_id} has no results", why)
    return record


def result_folder(record: JobRecord) -> str:
    return f"{record.project}/{record.job_id}/"


def read_analysis(record: JobRecord, deps: Deps) -> Analysis:
    return Analysis.model_validate_json(deps.results.read(f"{result_folder(record)}analysis.json"))
