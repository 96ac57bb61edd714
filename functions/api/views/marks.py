"""Marks: what a person says an analysis has wrong."""

from brandlens.api.marks import Mark, MarkList, MissedBrand
from brandlens.errors import Conflict, InvalidInput, NotFound
from brandlens.marking import mark_of
from functions.api.call import Call, Caller
from functions.api.deps import Deps
from functions.api.views.lookups import finished_analysis, known_job, known_project, read_analysis


def list_open_marks(call: Call, deps: Deps) -> MarkList:
    project = known_project(call.path["project"], deps)
    marks = deps.marks.of_project(project.name)
    return MarkList(marks=tuple(mark for mark in marks if mark.trained_by is None))


def list_marks(call: Call, deps: Deps) -> MarkList:
    record = known_job(call.path["job"], deps)
    marks = deps.marks.of_project(record.project)
    return MarkList(marks=tuple(mark for mark in marks if mark.job_id == record.job_id))


def add_mark(call: Call, deps: Deps) -> Mark:
    record = finished_analysis(call.path["job"], deps)
    if isinstance(call.body, MissedBrand):
        project = known_project(record.project, deps)
        if call.body.label not in project.labels:
            raise InvalidInput(
                f"The missed brand {call.body.label} was not marked",
                f"project {project.name} does not know it",
                "Add it to the project's labels",
            )
    mark = mark_of(call.body, record, read_analysis(record, deps), by=_name(call.caller, deps), now=call.now)
    return deps.marks.add(mark)


def remove_mark(call: Call, deps: Deps) -> None:
    record = known_job(call.path["job"], deps)
    mark = deps.marks.get(record.project, call.path["mark"])
    if mark is None or mark.job_id != record.job_id:
        raise NotFound(
            f"Mark {call.path['mark']} is not known", "the job has none of that id", "List its marks"
        )
    if not deps.marks.remove(record.project, mark.id):
        raise Conflict(f"Mark {mark.id} is not taken back", "a training batch has taken it")


def _name(caller: Caller, deps: Deps) -> str:
    """Name the caller for people: a person by e-mail address, a program by the end of its ARN."""
    email = deps.team.portal.email_of(caller.user_id) if caller.user_id else None
    return email or caller.arn.rpartition("/")[2]
