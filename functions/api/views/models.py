"""Model versions: how good they are, which run and what that costs, started, stopped, activated."""

from datetime import timedelta
from typing import cast

from brandlens.api.models import (
    CostingStatus,
    ModelItem,
    ModelList,
    ModelRun,
    ModelStart,
    RunningModel,
    RunningModelList,
    RunStatus,
)
from brandlens.api.projects import ProjectItem
from brandlens.cost import published_prices
from brandlens.errors import Conflict, InvalidInput, ModelNotReady, NotFound
from brandlens.model_runs import ask_to_run, holder_by_hand
from brandlens.model_runs import stop_model as stop_run
from brandlens.ports import KnownModel, Project
from brandlens.training.version_list import described, list_versions
from brandlens.training.versions import ModelVersion
from functions.api.call import Call
from functions.api.deps import Deps
from functions.api.views.lookups import known_project
from functions.api.views.projects import project_item

_COSTING = ("STARTING", "RUNNING", "STOPPING")


def list_models(call: Call, deps: Deps) -> ModelList:
    project = known_project(call.path["project"], deps)
    remembered = deps.versions.of_project(project.name)
    embedded = [described(version) for version in remembered if version.model.detector == "embedded"]
    served = deps.served.versions(f"{deps.settings.rekognition_project_prefix}{project.name}")
    of_embedded = {version.model.arn for version in remembered if version.model.detector == "embedded"}
    listed = list_versions(project.name, remembered, [*embedded, *served], project.active_model)
    return ModelList(
        models=tuple(
            ModelItem(
                id=f"{project.name}.{version.version}",
                detector="embedded" if version.model_arn in of_embedded else "rekognition",
                version=version,
            )
            for version in listed
        )
    )


def list_running_models(_call: Call, deps: Deps) -> RunningModelList:
    running = [found for known in deps.house.leases.models() if (found := _running(known, deps))]
    running.sort(key=lambda model: (-model.usd_per_hour, model.id))
    return RunningModelList(models=tuple(running), usd_per_hour=sum(model.usd_per_hour for model in running))


def _running(known: KnownModel, deps: Deps) -> RunningModel | None:
    try:
        status = deps.house.models.status(known.model)
    except NotFound:  # it was deleted
        return None
    if status not in _COSTING:
        return None
    units = deps.house.models.units(known.model)
    price = published_prices().prices["inference_hours"]
    return RunningModel(
        id=f"{known.project}.{known.model.version}",
        project=known.project,
        version=known.model.version,
        status=cast("CostingStatus", status),
        inference_units=units,
        usd_per_hour=price.item(units).usd,
        needed_by=deps.house.leases.live(known.model.arn, now=deps.house.now()),
        ours=known.run_began is not None,
        run_began=known.run_began,
    )


def start_model(call: Call, deps: Deps) -> ModelRun:
    wanted: ModelStart = call.body
    project, version = _project(call, deps), _that_runs(call, deps)
    holder = holder_by_hand(project.name, deps.house.now())
    status = ask_to_run(version.model, holder, deps.house, lease=timedelta(minutes=wanted.minutes))
    if status == "STOPPING":
        deps.house.leases.release(version.model.arn, holder.job_id, now=deps.house.now())
        raise ModelNotReady(
            f"Model version {version.model.version} is not started",
            "it is being stopped at this moment",
            "Try again in some minutes",
        )
    return _run(call, status, deps.house.leases.live(version.model.arn, now=deps.house.now()))


def stop_model(call: Call, deps: Deps) -> ModelRun:
    # Its project may be gone: what runs costs all the same.
    version = _that_runs(call, deps)
    needed_by = stop_run(version.model, version.project, deps.house)
    return _run(call, deps.house.models.status(version.model), needed_by)


def activate_model(call: Call, deps: Deps) -> ProjectItem:
    project, version = _project(call, deps), _known(call, deps)
    if version.scores is None:
        raise Conflict(
            f"Model version {version.model.version} is not activated",
            version.reason or "its training has not come to its end",
            "See the project's models",
        )
    deps.projects.set_active_model(project.name, version.model)
    return project_item(known_project(project.name, deps))


def _run(call: Call, status: str, needed_by: int) -> ModelRun:
    # A version that was never started bears the state of its training.
    seen = status if status in _COSTING else "STOPPED"
    return ModelRun(id=call.path["model"], status=cast("RunStatus", seen), needed_by=needed_by)


def _that_runs(call: Call, deps: Deps) -> ModelVersion:
    version = _known(call, deps)
    if version.model.detector != "rekognition":
        raise InvalidInput(
            f"Model version {version.model.version} needs no start",
            f"it is {version.model.detector}",
            "Analyze files with it",
        )
    return version


def _project(call: Call, deps: Deps) -> Project:
    return known_project(call.path["model"].partition(".")[0], deps)


def _known(call: Call, deps: Deps) -> ModelVersion:
    """Return the version that the path names."""
    name, _, version = call.path["model"].partition(".")
    for known in deps.versions.of_project(name):
        if known.model.version == version:
            return known
    raise NotFound(
        f"Model version {version} is not known", f"project {name} has none of that name", "List its models"
    )
