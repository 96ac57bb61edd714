"""Jobs: listed, shown, canceled."""

from brandlens.api.jobs import JobDetails, JobItem, JobList, JobsQuery, LabelingProgress
from brandlens.cost.budget import account_of
from brandlens.errors import Conflict
from brandlens.job_pages import JobFilter, position_of, token_of
from brandlens.jobs import JobRecord
from brandlens.labeling.progress import STEP as LABELING
from brandlens.labeling.progress import labeled
from functions.api.call import Call
from functions.api.deps import Deps
from functions.api.views.lookups import known_job
from functions.api.views.team import labeling_url


def list_jobs(call: Call, deps: Deps) -> JobList:
    query: JobsQuery = call.query
    asked = JobFilter(
        project=query.project, kind=query.kind, states=query.state, since=query.since, until=query.until
    )
    after = None if query.after is None else position_of(query.after, asked)
    page = deps.jobs.page(asked, limit=query.limit, after=after)
    return JobList(
        jobs=tuple(job_item(record) for record in page.records),
        next=None if page.position is None else token_of(page.position, asked),
    )


def show_job(call: Call, deps: Deps) -> JobDetails:
    record = known_job(call.path["job"], deps)
    account = account_of(record)
    spending = deps.spending.spending(account, record.job_id)
    reserved = None if spending else deps.spending.reservation(account, record.job_id)
    return JobDetails(
        job=job_item(record),
        cost=spending and spending.cost,
        at_most_usd=None if reserved is None else float(reserved.usd),
        labeling=_labeling(record, deps),
    )


def cancel_job(call: Call, deps: Deps) -> JobItem:
    record = known_job(call.path["job"], deps)
    what = f"Job {record.job_id} is not canceled"
    if record.state.is_terminal:
        raise Conflict(what, f"it is {record.state}", "Nothing is left to do")
    if record.execution_arn is None:
        raise Conflict(what, "it has not begun", "Try again in a moment")
    deps.workflow.cancel(record.execution_arn, reason="it was canceled in the portal")
    return job_item(record)


def job_item(record: JobRecord) -> JobItem:
    return JobItem(
        job_id=record.job_id,
        project=record.project,
        kind=record.kind,
        state=record.state,
        name=file_name(record),
        source=record.source,
        created_at=record.created_at,
        updated_at=record.updated_at,
        finished_at=record.finished_at,
        step=record.step,
        done=record.done,
        total=record.total,
        error=record.error,
        has_results=record.kind == "analysis" and record.result is not None,
    )


def file_name(record: JobRecord) -> str:
    """Name a job for a person: by its file, a training by its batch."""
    steps = record.source.key.split("/")
    return steps[-2] if record.kind == "training" and len(steps) > 1 else steps[-1]


def _labeling(record: JobRecord, deps: Deps) -> LabelingProgress | None:
    if record.step != LABELING or record.state.is_terminal:
        return None
    found = labeled(deps.workplace, deps.settings.labeling_job_arn_prefix, record.job_id)
    done, total = found or (0, 0)
    return LabelingProgress(done=done, total=total, url=labeling_url(deps))
