"""`brandlens models evaluate` with a project's own model, which the command starts and lets go."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest

from brandlens.adapters.rekognition import RekognitionModels
from brandlens.jobs import Model
from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.system import System, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

SHOWN = {"shown/acme.jpg": brands.ACME, "shown/bolt.jpg": brands.BOLT}
BOX = (300, 80, 160, 160)
"""Where `brands.still` shows a logo."""


@pytest.fixture(scope="module")
def model(system: System) -> Model:
    project = system.projects.get(system.PROJECT)
    assert project is not None
    assert project.active_model is not None
    return project.active_model


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pictures with a logo each and two without, in folders of their own."""
    folder = tmp_path_factory.mktemp("test")
    for name in (*SHOWN, "clean/52.jpg", "other/53.jpg"):
        (folder / name).parent.mkdir(exist_ok=True)
    for name, label in SHOWN.items():
        (folder / name).write_bytes(brands.jpeg(label))
    for seed, group in ((52, "clean"), (53, "other")):
        (folder / group / f"{seed}.jpg").write_bytes(brands.encoded(brands.background(seed), "JPEG"))
    return folder


@pytest.fixture(scope="module")
def annotations(pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = [*SHOWN, "clean/52.jpg", "other/53.jpg"]
    document = {
        "images": [
            {"id": n, "file_name": name, "width": brands.WIDTH, "height": brands.HEIGHT}
            for n, name in enumerate(names)
        ],
        "categories": [{"id": n, "name": label} for n, label in enumerate(brands.LABELS)],
        "annotations": [
            {"id": n, "image_id": n, "category_id": brands.LABELS.index(label), "bbox": BOX}
            for n, label in enumerate(SHOWN.values())
        ],
    }
    path = tmp_path_factory.mktemp("labels") / "annotations.json"
    path.write_text(json.dumps(document))
    return path


@pytest.fixture(scope="module")
def service(cloud: LocalCloud) -> RekognitionModels:
    session = boto3.Session(cloud.access_key_id, cloud.secret_access_key, region_name=cloud.region)
    # Only while the adapter is made, as in `System`.
    with pytest.MonkeyPatch.context() as patch:
        for name, value in cloud.environment.items():
            patch.setenv(name, value)
        return RekognitionModels(session)


@pytest.fixture
def standing(service: RekognitionModels, model: Model) -> None:
    """Bring the model to a stand, as it is between jobs."""

    def stands() -> bool | None:
        status = service.status(model)
        if status == "RUNNING":
            service.stop(model)
        return status in ("STOPPED", "TRAINING_COMPLETED") or None

    eventually(stands, lambda: f"the model does not stop: {service.status(model)}")


def starts(system: System) -> int:
    """How often a model was started, as consumers were told."""
    return sum(event["detail-type"] == "Model Started" for event in system.events())


def evaluated(system: System, pictures: Path, annotations: Path) -> Any:
    ran = system.cli(
        "models", "evaluate", pictures, "--annotations", annotations, "--project", system.PROJECT, "--json"
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.usefixtures("standing")
def test_a_standing_model_is_started_measured_and_let_go(
    system: System, model: Model, pictures: Path, annotations: Path
) -> None:
    before = starts(system)
    document = evaluated(system, pictures, annotations)
    assert document["model"] == f"{system.PROJECT}, version {model.version}"
    assert document["confidence"] == model.min_confidence
    evaluation = document["evaluation"]
    assert evaluation["overall"]["recall"] == 1
    assert evaluation["average_precision"] == {label: pytest.approx(1) for label in brands.LABELS}
    assert evaluation["false_boxes"] == {"clean": 0, "other": 0}
    assert system.models.live(model.arn, now=datetime.now(UTC)) == 0
    # So the sweeper knows it, and stops it once the grace time is over.
    assert model in [known.model for known in system.models.models()]
    eventually(lambda: starts(system) > before or None, lambda: "nobody was told that the model runs")


def test_a_running_model_answers_the_same_again(system: System, pictures: Path, annotations: Path) -> None:
    first, second = (evaluated(system, pictures, annotations) for _ in range(2))
    assert first == second


def test_a_person_reads_a_table(system: System, pictures: Path, annotations: Path) -> None:
    ran = system.cli(
        "models", "evaluate", pictures, "--annotations", annotations, "--project", system.PROJECT
    )
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)
    rows = [line.split() for line in ran.stdout.splitlines()]
    assert "4 pictures, 2 boxes: mAP@0.5 1.000" in ran.stdout
    assert ["clean", "1", "0.000"] in rows


@pytest.mark.parametrize(
    ("project", "said"),
    [("nobody", "there is no such project"), ("unlearned", "Teach it with `brandlens train`")],
)
def test_a_project_without_a_model_is_refused(
    system: System, pictures: Path, annotations: Path, project: str, said: str
) -> None:
    system.cli("project", "create", "unlearned", "--labels", "Acme")
    ran = system.cli("models", "evaluate", pictures, "--annotations", annotations, "--project", project)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
