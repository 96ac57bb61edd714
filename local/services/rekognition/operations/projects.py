"""CreateProject, DescribeProjects, DeleteProject."""

from typing import Any

from local.services.aws_json.paging import page
from local.services.aws_json.signature import Caller
from local.services.rekognition.context import Context, arn_prefix
from local.services.rekognition.errors import INVALID_PAGE, in_use, invalid_parameter
from local.services.rekognition.records import DatasetRecord, ProjectRecord


def create(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    if params.get("Feature", "CUSTOM_LABELS") != "CUSTOM_LABELS":
        raise invalid_parameter("Only the feature CUSTOM_LABELS is served locally.")
    name = params["ProjectName"]
    with context.store.lock:
        projects = context.store.every(ProjectRecord, arn_prefix(caller))
        if any(project.name == name for project in projects):
            raise in_use(f"A project with the name {name} already exists.")
        now = context.now()
        arn = f"{arn_prefix(caller)}project/{name}/{int(now.timestamp() * 1000)}"
        context.store.put(ProjectRecord(arn=arn, created_at=now, name=name))
        context.store.tag(arn, params.get("Tags", {}))
    return {"ProjectArn": arn}


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    wanted = params.get("ProjectNames")
    projects = [
        project
        for project in context.store.every(ProjectRecord, arn_prefix(caller))
        if wanted is None or project.name in wanted
    ]
    if "CUSTOM_LABELS" not in params.get("Features", ["CUSTOM_LABELS"]):
        projects = []
    shown, token = page(projects, params, refusal=INVALID_PAGE)
    return {"ProjectDescriptions": [_description(context, project) for project in shown], **token}


def delete(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        project = context.project(params["ProjectArn"], caller)
        if context.versions(project) or _datasets(context, project):
            raise in_use(f"Delete the models and datasets of the project {project.name} first.")
        context.store.remove(project.arn)
    return {"Status": "DELETING"}


def _datasets(context: Context, project: ProjectRecord) -> list[DatasetRecord]:
    return context.store.every(DatasetRecord, f"{project.arn.rpartition('/')[0]}/dataset/")


def _description(context: Context, project: ProjectRecord) -> dict[str, Any]:
    return {
        "ProjectArn": project.arn,
        "CreationTimestamp": project.created_at,
        "Status": "CREATED",
        "Feature": "CUSTOM_LABELS",
        "AutoUpdate": "DISABLED",
        "Datasets": [
            {
                "DatasetArn": dataset.arn,
                "DatasetType": dataset.type,
                "CreationTimestamp": dataset.created_at,
                "Status": dataset.status,
                "StatusMessage": dataset.status_message,
            }
            for dataset in _datasets(context, project)
        ],
    }
