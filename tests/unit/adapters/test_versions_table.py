"""What is remembered of model versions: one contract for the table and its fake."""

from datetime import timedelta

import boto3
import pytest

from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.versions_table import VersionsTable
from brandlens.jobs import Model
from brandlens.ports import VersionStore
from brandlens.training.scores import LabelScore, ModelScores
from brandlens.training.versions import ModelVersion
from tests.fakes.training import FakeVersions
from tests.jobs import MODEL, NOW, job
from tests.unit.adapters.tables import make_tables

SCORES = ModelScores(
    f1=0.875,
    precision=None,
    recall=0.9,
    train_pictures=40,
    test_pictures=10,
    labels=(
        LabelScore(
            label="Acme", f1=0.875, precision=0.85, recall=0.9, assumed_threshold=43.21, test_pictures=7
        ),
    ),
)


@pytest.fixture(params=["table", "fake"])
def versions(request: pytest.FixtureRequest, session: boto3.Session) -> VersionStore:
    if request.param == "fake":
        return FakeVersions()
    make_tables(session)
    return VersionsTable("models", session)


def version(name: str = "v1", *, project: str = "cup", hours: int = 0) -> ModelVersion:
    model = Model(
        detector="rekognition", arn=MODEL.arn.replace("v1", name), version=name, min_confidence=62.5
    )
    return ModelVersion(model=model, project=project, job_id="j1", created_at=NOW + timedelta(hours=hours))


def test_a_version_is_remembered_as_it_was_begun(versions: VersionStore) -> None:
    versions.begin(version())
    versions.begin(version().model_copy(update={"job_id": "another"}))
    assert versions.get(version().model.arn) == version()
    assert versions.get("arn:of:no:version") is None


def test_what_became_of_a_version_takes_the_place_of_its_beginning(versions: VersionStore) -> None:
    versions.begin(version())
    ended = version().model_copy(update={"finished_at": NOW, "scores": SCORES, "reason": "too poor"})
    versions.end(ended)
    versions.begin(version())
    assert versions.get(ended.model.arn) == ended


def test_a_projects_versions_are_listed_the_newest_first(versions: VersionStore) -> None:
    for one in (
        version("v1"),
        version("v3", hours=2),
        version("v2", hours=1),
        version("w", project="league"),
    ):
        versions.begin(one)
    assert [one.model.version for one in versions.of_project("cup")] == ["v3", "v2", "v1"]
    assert versions.of_project("nobody") == []


def test_a_version_and_the_leases_on_it_do_not_meet_in_the_table(session: boto3.Session) -> None:
    make_tables(session)
    leases, versions = ModelsTable("models", session), VersionsTable("models", session)
    begun = version().model_copy(update={"model": MODEL})
    versions.begin(begun)
    leases.acquire(MODEL, job(), now=NOW, expires_at=NOW + timedelta(hours=1))
    versions.end(begun)
    (known,) = leases.models()
    assert (known.model, known.leases_taken) == (MODEL, 1)
    assert leases.live(MODEL.arn, now=NOW) == 1
    assert versions.get(MODEL.arn) == begun
