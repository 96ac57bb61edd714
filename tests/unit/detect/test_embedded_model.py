"""An embedded model as a stack keeps it, opened to be asked."""

import pytest

from brandlens.adapters.embedded_model import EmbeddedModel, open_embedded_model
from brandlens.detect.artifact import save
from brandlens.errors import ModelFailed
from brandlens.jobs import Model
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.results import Detection
from brandlens.training.versions import ModelVersion
from tests.fakes.training import FakeRegistry, FakeVersions
from tests.jobs import NOW

MODEL = Model(detector="embedded", arn="arn:of:the:job", version="v1", min_confidence=50)


class Stack:
    """What a stack knows of one trained model."""

    def __init__(self, body: bytes) -> None:
        self.registry, self.versions = FakeRegistry(), FakeVersions()
        self.artifact = self.registry.keep("cup", "v1", body)
        version = ModelVersion(model=MODEL, project="cup", job_id="j", created_at=NOW, artifact=self.artifact)
        self.versions.begin(version)

    def open(self) -> EmbeddedModel:
        return open_embedded_model(MODEL, self.versions, self.registry, threads=1)


@pytest.fixture
def stack(red_model, tmp_path):
    save(red_model, tmp_path / "model.zip")
    return Stack((tmp_path / "model.zip").read_bytes())


def test_a_kept_model_finds_what_it_was_taught(stack, draw):
    model = stack.open()
    assert model.kind == "object"
    found = model.detect(draw(1, label="Disc").read(), min_confidence=1)
    assert found
    assert {one.label for one in found} <= set(model.labels)


def test_a_model_that_was_exchanged_is_not_opened(stack):
    stack.registry.models[stack.artifact.key] = b"another"
    with pytest.raises(ModelFailed, match="is not the one that was kept"):
        stack.open()


def test_a_model_that_was_kept_damaged_is_not_opened():
    with pytest.raises(ModelFailed):
        Stack(b"no archive").open()


def test_a_version_whose_training_left_nothing_is_not_opened(stack):
    stack.versions.known.clear()
    with pytest.raises(ModelFailed, match="its training left no model"):
        stack.open()


def test_the_second_class_of_a_single_concept_is_never_found():
    class Taught:
        labels = ("goal", SECOND_CLASS)

        def detect(self, image, *, min_confidence):
            return tuple(Detection(label=label, confidence=60, box=None) for label in self.labels)

    model = EmbeddedModel(Taught(), "multi-class")
    assert model.labels == ("goal",)
    assert [one.label for one in model.detect(b"", min_confidence=1)] == ["goal"]
