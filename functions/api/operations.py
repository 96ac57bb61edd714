"""Which view answers which route, by the route's name."""

from collections.abc import Callable, Mapping

from brandlens.jobs import Value
from functions.api.call import Call
from functions.api.deps import Deps
from functions.api.views import (
    jobs,
    marks,
    models,
    projects,
    quotes,
    results,
    spending,
    team,
    uploads,
    work,
)

View = Callable[[Call, Deps], Value | None]

VIEWS: Mapping[str, View] = {
    view.__name__: view
    for view in (
        projects.list_projects,
        projects.create_project,
        projects.show_project,
        projects.change_project,
        projects.delete_project,
        models.list_models,
        models.list_running_models,
        models.start_model,
        models.stop_model,
        models.activate_model,
        uploads.begin_upload,
        uploads.list_parts,
        uploads.complete_upload,
        uploads.abort_upload,
        work.begin_analyses,
        work.begin_training,
        jobs.list_jobs,
        jobs.show_job,
        jobs.cancel_job,
        results.list_exposures,
        results.show_results,
        results.list_frames,
        marks.list_open_marks,
        marks.list_marks,
        marks.add_mark,
        marks.remove_mark,
        quotes.quote_files,
        team.list_members,
        team.add_member,
        team.remove_member,
        spending.show_spending,
    )
}
