"""A local cloud of a benchmark's own, whose models exist from the beginning and look at nothing.

For measuring what is around a model: it answers at once and finds nothing, so that no detector bounds the
figures. Throttling, units, starts and stops are the local service's own.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import boto3

from brandlens.adapters.projects_table import ProjectsTable
from brandlens.environment import Outputs
from brandlens.jobs import Model
from brandlens.results import Detection
from local import children, cloud
from local.home import Home
from local.services.rekognition.records import Evaluation, ProjectRecord, S3Object, VersionRecord
from local.services.rekognition.store import Store
from local.settings import ACCOUNT, REGION

LABEL = "Acme"
_ENGINE = "benchmarks.private_cloud:BlankLoader"


class BlankLoader:
    """A `ModelLoader` whose models find nothing."""

    def load(self, directory: Path) -> "BlankDetector":
        return BlankDetector()


class BlankDetector:
    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        return ()


@contextmanager
def private_cloud(
    folder: Path, projects: Sequence[str], environment: Mapping[str, str]
) -> Iterator[tuple[cloud.LocalCloud, Mapping[str, Model]]]:
    """Start a cloud in `folder`, with a trained model for each project; give it and the models.

    `environment` is what its processes see besides. It is stopped, and forgotten, in the end.
    """
    home = Home(folder / "local")
    models = {name: _model(f"brandlens-local-{name}") for name in projects}
    _seed(home, models)
    with _variables({"BRANDLENS_REKOGNITION_ENGINE": _ENGINE, **environment}):
        try:
            standing = cloud.up(home=home)
            # The SDK reads where the services are when a client is made.
            with _variables(standing.environment):
                _create_projects(standing, models)
                yield standing, models
        finally:
            cloud.reset(home=home)


def _model(name: str) -> Model:
    arn = f"arn:aws:rekognition:{REGION}:{ACCOUNT}:project/{name}/version/v1/1"
    return Model(detector="rekognition", arn=arn, version="v1", min_confidence=50)


def _seed(home: Home, models: Mapping[str, Model]) -> None:
    """Write the service's records of projects and versions, as a training would have left them."""
    now = datetime.now(UTC)
    store = Store(home.data(children.REKOGNITION) / "rekognition.sqlite")
    for model in models.values():
        base, name = model.arn.partition("/version/")[0], model.arn.split("/")[1]
        store.put(ProjectRecord(arn=f"{base}/1", created_at=now, name=name))
        store.put(
            VersionRecord(
                arn=model.arn,
                created_at=now,
                project_arn=f"{base}/1",
                name=model.version,
                status="TRAINING_COMPLETED",
                since=now,
                status_message="The model is ready to run.",
                output_bucket="none",
                output_prefix="",
                trained_at=now,
                evaluation=Evaluation(
                    f1=1,
                    thresholds={LABEL: 50},
                    summary=S3Object(Bucket="none", Name="none"),
                    billable_seconds=1,
                ),
            )
        )
    store.close()


def _create_projects(standing: cloud.LocalCloud, models: Mapping[str, Model]) -> None:
    table = ProjectsTable(Outputs.model_validate(standing.outputs).projects_table, boto3.Session())
    for project, model in models.items():
        table.create(
            project, [LABEL], label_type="object", detector="rekognition", min_f1=0, now=datetime.now(UTC)
        )
        table.set_active_model(project, model)


@contextmanager
def _variables(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def set_variables(
    standing: cloud.LocalCloud, function: str, change: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    """Change the environment of a deployed function."""
    client = boto3.Session().client("lambda")
    name = f"brandlens-local-{function.replace('_', '-')}"
    variables = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    client.update_function_configuration(FunctionName=name, Environment={"Variables": change(variables)})
