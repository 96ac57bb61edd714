"""Editors at work in the portal of the local cloud: models, training, marks."""

import json
from pathlib import Path

import pytest

from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.people import add
from tests.e2e.system import System
from tests.portal import developer
from tests.web.portal import Portal

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

DOER, DOING = "dora@example.com", "Stopping-things-5"
BRINGER, BRINGING = "bert@example.com", "Bringing-labels-6"
WATCHER, WATCHING = "wanda@example.com", "Watching-closely-7"


def test_an_editor_takes_another_version_into_use_and_stops_the_model(
    portal: Portal, system: System, cloud: LocalCloud
) -> None:
    add(system, cloud, DOER, DOING, "editor")
    project = system.projects.get(system.PROJECT)
    assert project is not None
    model = project.active_model
    assert model is not None
    other = model.model_copy(update={"version": "v0", "arn": model.arn.replace(model.version, "v0")})
    started = developer(cloud).call("POST", f"/models/{project.name}.{model.version}/start", {"minutes": 30})
    assert started.status_code < 300, started.text
    system.projects.set_active_model(project.name, other)
    try:
        portal.sign_in(DOER, DOING)
        portal.find(f"//li[contains(., '{project.name} {model.version}')][contains(., 'Running')]")
        portal.press(f"Stop {project.name} {model.version}")
        portal.shows("No model is running, so none costs anything.")

        portal.open(f"/projects/{project.name}")
        portal.press(f"Use this version: {model.version}")
        portal.find(
            f"//dt[contains(., 'Model in use')]/following-sibling::dd[contains(., '{model.version}')]"
        )
        after = system.projects.get(system.PROJECT)
        assert after is not None
        assert after.active_model == model
    finally:
        system.projects.set_active_model(project.name, model)


def test_an_editor_brings_labels_along_and_learns_that_they_are_too_few(
    portal: Portal, system: System, cloud: LocalCloud, picture: Path, tmp_path: Path
) -> None:
    add(system, cloud, BRINGER, BRINGING, "editor")
    image = {"id": 1, "file_name": picture.name, "width": brands.WIDTH, "height": brands.HEIGHT}
    box = {"id": 1, "image_id": 1, "category_id": 1, "bbox": [300, 80, 160, 160]}
    labels = tmp_path / "labels.json"
    labels.write_text(
        json.dumps({"images": [image], "annotations": [box], "categories": [{"id": 1, "name": brands.BOLT}]})
    )
    portal.sign_in(BRINGER, BRINGING)
    portal.shows("Cost this month")
    portal.open(f"/projects/{system.PROJECT}/train")
    portal.shows("Drop files or folders here")
    portal.choose_files(picture, labels)
    portal.press("Upload and train")
    portal.shows("too few labeled pictures")


def test_an_editor_marks_a_miss_that_is_kept_and_offered_for_training(
    portal: Portal, system: System, cloud: LocalCloud, video: Path
) -> None:
    add(system, cloud, WATCHER, WATCHING, "editor")
    job = system.ended(system.drop("portal/missed.mp4", video.read_bytes())).job_id
    portal.sign_in(WATCHER, WATCHING)
    portal.shows("Cost this month")
    portal.open(f"/jobs/{job}#t=3.5")
    portal.press("Mark a miss")
    portal.choose("Brand", brands.BOLT)
    portal.type("Until", "0:05.5")
    portal.press("Mark as missed")
    missed = f"Missed: {brands.BOLT}, 0:03.5 - 0:05.5"
    portal.shows(missed)
    portal.open("/")
    portal.open(f"/jobs/{job}")
    portal.shows(missed, WATCHER)
    portal.find(f"//tr[contains(., '{brands.BOLT}')]//strong[@aria-label='With marks 2.0 s']")
    portal.open(f"/projects/{system.PROJECT}/train")
    portal.shows("from results", "Upload and have it labeled")
