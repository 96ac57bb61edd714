"""The store of projects: one contract for the table and its fake."""

import boto3
import pytest

from brandlens.adapters.projects_table import ProjectsTable
from brandlens.errors import AlreadyExists, NotFound
from brandlens.ports import ProjectStore
from tests.fakes.projects import FakeProjects
from tests.jobs import MODEL, NOW
from tests.unit.adapters.tables import make_tables


@pytest.fixture(params=["table", "fake"])
def projects(request: pytest.FixtureRequest, session: boto3.Session) -> ProjectStore:
    if request.param == "fake":
        return FakeProjects()
    make_tables(session)
    return ProjectsTable("projects", session)


def test_what_is_changed_of_a_project_is_what_was_given(projects: ProjectStore) -> None:
    projects.create("cup", ["Acme"], label_type="object", detector="embedded", min_f1=0.5, now=NOW)
    projects.change("cup", labels=["Acme", "Blitz"])
    projects.change("cup", min_f1=0.75)
    projects.change("cup")
    project = projects.get("cup")
    assert project is not None
    assert (list(project.labels), project.min_f1, project.created_at) == (["Acme", "Blitz"], 0.75, NOW)
    with pytest.raises(NotFound):
        projects.change("league", min_f1=0.5)


def test_a_project_is_created_once(projects: ProjectStore) -> None:
    projects.create("cup", ["Acme", "Bolt"], label_type="object", detector="rekognition", min_f1=0.7, now=NOW)
    with pytest.raises(AlreadyExists, match="'cup'"):
        projects.create("cup", ["Other"], label_type="concept", detector="embedded", min_f1=0, now=NOW)
    project = projects.get("cup")
    assert project is not None
    assert (list(project.labels), project.label_type, project.detector) == (
        ["Acme", "Bolt"],
        "object",
        "rekognition",
    )
    assert (project.active_model, project.min_f1) == (None, 0.7)


def test_a_project_gets_the_model_it_is_given(projects: ProjectStore) -> None:
    projects.create("cup", ["Acme"], label_type="object", detector="rekognition", min_f1=0.7, now=NOW)
    model = MODEL.model_copy(update={"min_confidence": 62.5})
    projects.set_active_model("cup", model)
    project = projects.get("cup")
    assert project is not None
    assert project.active_model == model


def test_no_model_is_given_to_a_project_that_is_not_there(projects: ProjectStore) -> None:
    with pytest.raises(NotFound, match="no such project"):
        projects.set_active_model("cup", MODEL)
    assert projects.get("cup") is None


def test_projects_are_listed_by_name_and_deleted(projects: ProjectStore) -> None:
    for name in ("league", "cup"):
        projects.create(name, ["Acme"], label_type="object", detector="rekognition", min_f1=0.7, now=NOW)
    assert [project.name for project in projects.list()] == ["cup", "league"]
    projects.delete("cup")
    projects.delete("cup")
    assert [project.name for project in projects.list()] == ["league"]
