"""`brandlens models list`, `start` and `stop`: which model versions there are, and whether they run."""

from datetime import timedelta
from typing import Annotated, Literal

import typer

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.rekognition import RekognitionModels
from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.adapters.versions_table import VersionsTable
from brandlens.cli.cloud import LOCAL, Cloud, EnvironmentName, open_cloud
from brandlens.cli.console import interruptible, print_json, progress, say
from brandlens.cli.jobs import AsJson
from brandlens.cli.model_runs import cost_by_hand, start_model, stop_by_hand
from brandlens.cli.version_tables import print_scores, print_versions
from brandlens.cost import published_prices
from brandlens.errors import InvalidInput, NotFound, NoTrainedModel, UnknownProject
from brandlens.jobs import Model
from brandlens.model_runs import ModelHouse
from brandlens.ports import Project
from brandlens.projects import validated_name
from brandlens.training.version_list import ListedVersion, described, list_versions

ProjectName = Annotated[str, typer.Argument(metavar="PROJECT", help="The project.")]
VersionName = Annotated[
    str | None, typer.Option("--version", help="This version, not the project's active one.")
]


def list_models(
    project: Annotated[
        str | None, typer.Option("--project", "-p", help="Only this project's, with figures by label.")
    ] = None,
    as_json: AsJson = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """List model versions: how good they are, which is used, and why others are not."""
    cloud = open_cloud(env)
    projects = [_known(cloud, project)] if project else cloud.projects.list()
    versions = [version for one in projects for version in _versions(cloud, one)]
    if as_json:
        print_json(versions)
    elif not versions:
        say("No model version. Train one with `brandlens train PROJECT PATH`")
    else:
        print_versions(versions)
        for version in versions if project else ():
            if version.scores:
                print_scores(version.scores, title=f"\nVersion {version.version} on its test pictures")


def start(
    project: ProjectName,
    version: VersionName = None,
    minutes: Annotated[
        float, typer.Option(min=1, max=1440, help="How long it runs at least, needed or not.")
    ] = 60,
    env: EnvironmentName = LOCAL,
) -> None:
    """Have a model run, so that the next files are not kept waiting.

    A running model costs money, and what it costs is told before it starts. `brandlens cost actual` does not
    tell it: that adds up what jobs have cost, without models run by hand or for `brandlens models evaluate`.
    """
    cloud = open_cloud(env)
    model = _model(cloud, _known(cloud, project), version, needless="start")
    hold = timedelta(minutes=minutes)
    say(cost_by_hand(hold, published_prices(), paid=cloud.name != LOCAL))
    goes_on = f"The model goes on starting; `brandlens models stop {project}` stops it once it runs"
    with interruptible(goes_on), progress() as report:
        start_model(model, project, _house(cloud), report, hold=hold)
    unit = "minute" if minutes == 1 else "minutes"
    say(f"Model version {model.version} runs, for {minutes:g} {unit} at least")


def stop(project: ProjectName, version: VersionName = None, env: EnvironmentName = LOCAL) -> None:
    """Stop a model that was started by hand. Jobs that need it go on, and it stops after them."""
    cloud = open_cloud(env)
    model = _model(cloud, _known(cloud, project), version, needless="stop")
    say(stop_by_hand(model, project, _house(cloud)))


def _versions(cloud: Cloud, project: Project) -> list[ListedVersion]:
    remembered = VersionsTable(cloud.outputs.models_table).of_project(project.name)
    embedded = [described(version) for version in remembered if version.model.detector == "embedded"]
    served = RekognitionTrainer().versions(f"{cloud.outputs.rekognition_project_prefix}{project.name}")
    return list_versions(project.name, remembered, [*embedded, *served], project.active_model)


def _known(cloud: Cloud, name: str) -> Project:
    project = cloud.projects.get(validated_name(name))
    if project is None:
        raise UnknownProject(
            f"Project {name} has no models", "there is no such project", "See `brandlens project list`"
        )
    return project


def _model(
    cloud: Cloud, project: Project, version: str | None, *, needless: Literal["start", "stop"]
) -> Model:
    """Return the project's version of that name, or its active one.

    `InvalidInput` for one that no service runs: to start or stop it would be `needless`.
    """
    if version is None and project.active_model is None:
        raise NoTrainedModel(
            f"Project {project.name} has no model to run",
            "none of its versions is active",
            f"See `brandlens models list --project {project.name}`, or name one with --version",
        )
    model = project.active_model if version is None else _named(cloud, project, version)
    assert model is not None
    if model.detector != "rekognition":
        raise InvalidInput(
            f"Model version {model.version} needs no {needless}", f"it is {model.detector}", "Just ask it"
        )
    return model


def _named(cloud: Cloud, project: Project, version: str) -> Model:
    for known in VersionsTable(cloud.outputs.models_table).of_project(project.name):
        if known.model.version == version:
            return known.model
    raise NotFound(
        f"Model version {version} is not known",
        f"project {project.name} has no such version",
        f"See `brandlens models list --project {project.name}`",
    )


def _house(cloud: Cloud) -> ModelHouse:
    return ModelHouse(
        models=RekognitionModels(),
        leases=ModelsTable(cloud.outputs.models_table),
        bus=EventBridgeBus(cloud.outputs.event_bus),
    )
