"""The same functions for a project of the embedded detector, whose models are kept in the registry."""

import hashlib

import pytest

from brandlens.training.files import (
    training_prefix,
)
from brandlens.training.versions import (
    ObjectLocation,
    VersionReference,
)
from tests.fakes.projects import FakeProject, FakeProjects
from tests.functions.training_world import AGAIN, JOB, Cloud, summary


@pytest.fixture
def embedding() -> Cloud:
    cloud = Cloud()
    cloud.dataset()
    cloud.projects = FakeProjects(FakeProject("cup", detector="embedded", min_f1=0.75))
    return cloud


def trained_embedded(cloud: Cloud, version: VersionReference, f1: float, model: bytes = b"model") -> None:
    folder = f"{training_prefix(JOB)}evaluation/{version.version}/output/model/"
    for name, body in (("evaluation.json", summary(f1)), ("model.zip", model)):
        cloud.media.write(folder + name, body, content_type="application/octet-stream")
    cloud.embedded.becomes(
        version.version,
        status="TRAINING_COMPLETED",
        summary=ObjectLocation(bucket="media", key=f"{folder}evaluation.json"),
        artifact=ObjectLocation(bucket="media", key=f"{folder}model.zip"),
        billable_seconds=720,
    )


def test_a_project_of_the_embedded_detector_is_trained_by_its_service_alone(embedding: Cloud) -> None:
    version = embedding.create()
    assert version.detector == "embedded"
    assert (len(embedding.embedded.begun), embedding.trainer.begun) == (1, [])
    assert not embedding.check(version).done
    assert embedding.known(version).model.detector == "embedded"


def test_an_embedded_model_is_kept_with_its_checksum_and_passes_the_same_gate(embedding: Cloud) -> None:
    version = embedding.create()
    trained_embedded(embedding, version, 0.75)
    registered = embedding.register(version)
    assert registered.active
    assert registered.model.detector == "embedded"
    artifact = embedding.known(version).artifact
    assert artifact is not None
    assert artifact.sha256 == hashlib.sha256(b"model").hexdigest()
    assert embedding.registry.read(artifact) == b"model"
    cost = embedding.kept(JOB).cost
    assert [(item.name, item.quantity) for item in cost.items] == [
        ("SageMaker, training on ml.m5.xlarge", 0.2)
    ]


def test_an_embedded_model_below_the_gate_is_kept_and_not_used(embedding: Cloud) -> None:
    version = embedding.create()
    trained_embedded(embedding, version, 0.7)
    assert not embedding.register(version).active
    assert embedding.projects.projects["cup"].active_model is None
    assert str(embedding.known(version).reason).startswith("its F1 of 0.700 is below 0.75")
    assert embedding.known(version).artifact is not None


def test_an_embedded_model_that_was_deleted_is_kept_again_from_what_its_training_left(
    embedding: Cloud,
) -> None:
    version = embedding.create()
    trained_embedded(embedding, version, 0.9)
    embedding.register(version)
    embedding.registry.models.clear()
    embedding.dataset(AGAIN)
    assert embedding.create(AGAIN) == version
    embedding.register(version, AGAIN)
    artifact = embedding.known(version).artifact
    assert artifact is not None
    assert embedding.registry.read(artifact) == b"model"
    assert len(embedding.embedded.begun) == 1


def test_an_embedded_model_of_which_nothing_is_left_is_trained_anew(embedding: Cloud) -> None:
    version = embedding.create()
    trained_embedded(embedding, version, 0.9)
    embedding.register(version)
    left = embedding.embedded.version(version.project_arn, version.version)
    assert left is not None
    assert left.artifact is not None
    del embedding.media.objects[left.artifact.key]
    embedding.dataset(AGAIN)
    assert embedding.create(AGAIN).version == f"{version.version}-2"
    assert len(embedding.embedded.begun) == 2
