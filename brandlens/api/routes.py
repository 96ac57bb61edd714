"""The routes of the API, the one table that everything else is made from.

It is here, not in the Chalice app, because `infra` may import no function: the app registers its views from
this table, and a test holds the app, API Gateway and the OpenAPI document to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from brandlens.api import (
    fields,
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
from brandlens.jobs import Value

Group = Literal["viewer", "editor"]
Method = Literal["GET", "POST", "PATCH", "DELETE"]

LARGEST_BODY_BYTES = 1024 * 1024
"""More than any body that says something; API Gateway itself takes 10 MB."""


@dataclass(frozen=True)
class Route:
    """One method of one path. `name` is the operation's, in the document and of the view that answers it.

    Attributes
    ----------
    group
        Who may call it at least: an editor may whatever a viewer may.
    answer
        The body of an answer; None where there is none.
    """

    method: Method
    path: str
    name: str
    summary: str
    group: Group
    answer: type[Value] | None
    status: HTTPStatus = HTTPStatus.OK
    query: type[fields.Query] | None = None
    body: Any = None
    refusals: tuple[HTTPStatus, ...] = ()


SIGNED_HEADERS = (
    "Authorization",
    "Content-Type",
    "X-Amz-Content-Sha256",
    "X-Amz-Date",
    "X-Amz-Security-Token",
)
"""What a browser sends with a signed call, which pages of the portal's origin may."""

PATH_PARAMETERS: Mapping[str, Any] = {
    "project": fields.ProjectName,
    "model": fields.ModelId,
    "upload": fields.UploadId,
    "job": fields.JobId,
    "mark": fields.MarkId,
    "member": fields.MemberId,
}
"""What a `{name}` in a path may be."""

_CREATED, _ACCEPTED, _NONE = HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT
_MISSING, _CONFLICT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT

ROUTES: tuple[Route, ...] = (
    Route("GET", "/projects", "list_projects", "List the projects", "viewer", projects.ProjectList),
    Route(
        "POST", "/projects", "create_project", "Make a project", "editor", projects.ProjectItem, _CREATED,
        body=projects.NewProject, refusals=(_CONFLICT,),
    ),
    Route(
        "GET", "/projects/{project}", "show_project", "Show a project", "viewer", projects.ProjectItem,
        refusals=(_MISSING,),
    ),
    Route(
        "PATCH", "/projects/{project}", "change_project", "Change a project", "editor", projects.ProjectItem,
        body=projects.ProjectChanges, refusals=(_MISSING,),
    ),
    Route(
        "DELETE", "/projects/{project}", "delete_project",
        "Delete a project that has nothing at work; its files, results and models stay", "editor", None,
        _NONE, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "GET", "/projects/{project}/models", "list_models", "List a project's model versions", "viewer",
        models.ModelList, refusals=(_MISSING,),
    ),
    Route(
        "GET", "/projects/{project}/exposures", "list_exposures", "List what a project's analyses found",
        "viewer", jobs.ExposuresList, query=jobs.ExposuresQuery, refusals=(_MISSING,),
    ),
    Route(
        "GET", "/projects/{project}/marks", "list_open_marks",
        "List the marks that are offered as the next training batch", "viewer", marks.MarkList,
        refusals=(_MISSING,),
    ),
    Route(
        "GET", "/models", "list_running_models", "List the models that run, with what they cost", "viewer",
        models.RunningModelList, query=models.ModelsQuery,
    ),
    Route(
        "POST", "/models/{model}/start", "start_model", "Have a model run", "editor", models.ModelRun,
        _ACCEPTED, body=models.ModelStart, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "POST", "/models/{model}/stop", "stop_model", "Stop a model once no job needs it", "editor",
        models.ModelRun, _ACCEPTED, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "POST", "/models/{model}/activate", "activate_model", "Analyze a project's files with this version",
        "editor", projects.ProjectItem, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "POST", "/uploads", "begin_upload", "Begin to upload a file", "editor", uploads.Upload, _CREATED,
        body=uploads.NewUpload, refusals=(_MISSING,),
    ),
    Route(
        "GET", "/uploads/{upload}/parts", "list_parts", "List an upload's parts, with URLs for the missing",
        "editor", uploads.PartList, query=uploads.PartsQuery, refusals=(_MISSING,),
    ),
    Route(
        "POST", "/uploads/{upload}/complete", "complete_upload", "Put a file of a batch in its place",
        "editor", uploads.CompletedUpload, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "DELETE", "/uploads/{upload}", "abort_upload", "Give an upload up", "editor", None, _NONE,
        refusals=(_MISSING,),
    ),
    Route(
        "POST", "/training", "begin_training", "Train on a batch", "editor", work.BegunTraining, _ACCEPTED,
        body=work.NewTraining, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "POST", "/analyses", "begin_analyses", "Analyze uploaded files", "editor", work.BegunAnalyses,
        _ACCEPTED, body=work.NewAnalyses, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "GET", "/jobs", "list_jobs", "List jobs, the newest first", "viewer", jobs.JobList,
        query=jobs.JobsQuery,
    ),
    Route(
        "GET", "/jobs/{job}", "show_job", "Show a job, with its progress and cost", "viewer",
        jobs.JobDetails, refusals=(_MISSING,),
    ),
    Route(
        "DELETE", "/jobs/{job}", "cancel_job", "Stop a job; what it had done is discarded", "editor",
        jobs.JobItem, _ACCEPTED, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "GET", "/jobs/{job}/results", "show_results", "Show where an analysis' files can be read", "viewer",
        results.ResultUrls, refusals=(_MISSING,),
    ),
    Route(
        "GET", "/jobs/{job}/results/frames", "list_frames", "Show where proof pictures can be read", "viewer",
        results.FrameUrls, query=results.FramesQuery, refusals=(_MISSING,),
    ),
    Route(
        "GET", "/jobs/{job}/marks", "list_marks", "List what people say an analysis has wrong", "viewer",
        marks.MarkList, refusals=(_MISSING,),
    ),
    Route(
        "POST", "/jobs/{job}/marks", "add_mark", "Say that an appearance is wrong, or a brand was missed",
        "editor", marks.Mark, _CREATED, body=marks.NewMark, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "DELETE", "/jobs/{job}/marks/{mark}", "remove_mark", "Take a mark back", "editor", None, _NONE,
        refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "POST", "/quotes", "quote_files", "Tell what analyzing files will cost at most", "editor",
        quotes.QuoteAnswer, body=quotes.NewQuote, refusals=(_MISSING,),
    ),
    Route("GET", "/team/members", "list_members", "List the team", "viewer", team.MemberList),
    Route(
        "POST", "/team/members", "add_member", "Invite a person, or give one a role", "editor", team.Member,
        _CREATED, body=team.NewMember, refusals=(_CONFLICT,),
    ),
    Route(
        "DELETE", "/team/members/{member}", "remove_member", "Take a role away, or remove a person",
        "editor", None, _NONE, query=team.RoleQuery, refusals=(_MISSING, _CONFLICT),
    ),
    Route(
        "GET", "/spending", "show_spending", "Tell what a month's jobs have cost", "viewer",
        spending.MonthSpending, query=spending.SpendingQuery,
    ),
)  # fmt: skip
