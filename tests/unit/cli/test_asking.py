import io
from dataclasses import dataclass, field

import pytest
from PIL import Image

from brandlens.cli.asking import project_model
from brandlens.errors import InvalidInput, NoTrainedModel, UnknownProject
from brandlens.jobs import Model
from tests.fakes import FakeProject, FakeProjects


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


def model(detector="rekognition"):
    arn = "arn:aws:rekognition:eu-west-1:123456789012:project/cup/version/v1/1"
    return Model(detector=detector, arn=arn, version="v1", min_confidence=62)


def test_a_projects_model_is_measured_at_the_confidence_it_works_at(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    asked = project_model(cloud(labels=("Acme", "Globex"), active_model=model()), "cup")
    assert (asked.name, asked.labels, asked.confidence) == ("cup, version v1", ("Acme", "Globex"), 62)


@pytest.mark.parametrize(("label_type", "kind"), [("object", "object"), ("concept", "multi-label")])
def test_a_projects_model_tells_what_its_labels_are(monkeypatch, label_type, kind):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    assert project_model(cloud(label_type=label_type, active_model=model()), "cup").kind == kind


def test_a_projects_model_is_given_pictures_of_a_size_it_takes(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    large = io.BytesIO()
    Image.new("RGB", (5000, 300)).save(large, "PNG")
    prepared = project_model(cloud(active_model=model()), "cup").prepared(large.getvalue())
    with Image.open(io.BytesIO(prepared)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) <= 4096


@pytest.mark.parametrize(
    ("project", "name", "error", "said"),
    [
        ({}, "mug", UnknownProject, "there is no such project"),
        ({}, "cup", NoTrainedModel, "it has no trained model"),
        ({"active_model": model("embedded")}, "cup", InvalidInput, "Name its folder with --model"),
        ({}, "No Name", InvalidInput, "A project cannot be named"),
    ],
)
def test_a_project_without_a_model_to_ask_is_refused(project, name, error, said):
    with pytest.raises(error, match=said):
        project_model(cloud(**project), name)
