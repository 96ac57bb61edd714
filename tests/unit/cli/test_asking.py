import io
from dataclasses import dataclass, field

import pytest
from PIL import Image

from brandlens.cli.asking import project_model
from brandlens.errors import InvalidInput, NoTrainedModel, UnknownProject
from brandlens.jobs import Model
from tests.fakes.projects import FakeProject, FakeProjects


@dataclass
class FakeOutputs:
    models_table: str = "models"
    event_bus: str = "results"


@dataclass
class FakeCloud:
    projects: FakeProjects
    outputs: FakeOutputs = field(default_factory=FakeOutputs)


def cloud(**project):
    return FakeCloud(FakeProjects(FakeProject("cup", **project)))


def model():
    arn = "arn:aws:rekognition:eu-west-1:123456789012:project/cup/version/v1/1"
    return Model(detector="rekognition", arn=arn, version="v1", min_confidence=62)


def asked_of(cloud, name="cup", mode="fast"):
    return project_model(cloud, name, mode=mode, threads=1)


def test_a_projects_model_is_measured_at_the_confidence_it_works_at(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    asked = asked_of(cloud(labels=("Acme", "Globex"), active_model=model()))
    assert (asked.name, asked.labels, asked.confidence) == ("cup, version v1", ("Acme", "Globex"), 62)


@pytest.mark.parametrize(("label_type", "kind"), [("object", "object"), ("concept", "multi-label")])
def test_a_projects_model_tells_what_its_labels_are(monkeypatch, label_type, kind):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    assert asked_of(cloud(label_type=label_type, active_model=model())).kind == kind


def test_a_projects_model_is_given_pictures_of_a_size_it_takes(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    large = io.BytesIO()
    Image.new("RGB", (5000, 300)).save(large, "PNG")
    prepared = asked_of(cloud(active_model=model())).prepared(large.getvalue())
    with Image.open(io.BytesIO(prepared)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) <= 4096


@pytest.mark.parametrize(
    ("project", "name", "error", "said"),
    [
        ({}, "mug", UnknownProject, "there is no such project"),
        ({}, "cup", NoTrainedModel, "it has no trained model"),
        ({}, "No Name", InvalidInput, "A project cannot be named"),
    ],
)
def test_a_project_without_a_model_to_ask_is_refused(project, name, error, said):
    with pytest.raises(error, match=said):
        asked_of(cloud(**project), name)


def test_a_model_that_a_service_runs_looks_in_one_way_only(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with pytest.raises(InvalidInput, match="looks in one way only"):
        asked_of(cloud(active_model=model()), mode="accurate")
