"""Projects: made, shown, changed, deleted."""

from brandlens.api.projects import NewProject, ProjectChanges, ProjectItem, ProjectList
from brandlens.ports import Project
from brandlens.project_deletion import require_nothing_at_work
from brandlens.projects import validated_labels, validated_name
from functions.api.call import Call
from functions.api.deps import Deps
from functions.api.views.lookups import known_project


def list_projects(_call: Call, deps: Deps) -> ProjectList:
    return ProjectList(projects=tuple(project_item(project) for project in deps.projects.list()))


def create_project(call: Call, deps: Deps) -> ProjectItem:
    new: NewProject = call.body
    deps.projects.create(
        validated_name(new.name),
        validated_labels(new.labels),
        label_type=new.label_type,
        detector=new.detector,
        min_f1=new.min_f1,
        now=call.now,
    )
    return project_item(known_project(new.name, deps))


def show_project(call: Call, deps: Deps) -> ProjectItem:
    return project_item(known_project(call.path["project"], deps))


def change_project(call: Call, deps: Deps) -> ProjectItem:
    changes: ProjectChanges = call.body
    name = known_project(call.path["project"], deps).name
    labels = None if changes.labels is None else validated_labels(changes.labels)
    deps.projects.change(name, labels=labels, min_f1=changes.min_f1)
    return project_item(known_project(name, deps))


def delete_project(call: Call, deps: Deps) -> None:
    name = known_project(call.path["project"], deps).name
    served = deps.served.versions(f"{deps.settings.rekognition_project_prefix}{name}")
    require_nothing_at_work(name, deps.jobs.oldest_unfinished(project=name), served)
    deps.projects.delete(name)


def project_item(project: Project) -> ProjectItem:
    return ProjectItem(
        name=project.name,
        labels=tuple(project.labels),
        label_type=project.label_type,
        detector=project.detector,
        min_f1=project.min_f1,
        created_at=project.created_at,
        active_model=project.active_model,
    )
