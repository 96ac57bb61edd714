import pytest

from brandlens.detect.artifact import save
from brandlens.detect.concepts.inference import ConceptClassifier
from brandlens.detect.inference import EmbeddedDetector
from brandlens.detect.load import load_detector
from brandlens.errors import ModelFailed, NotFound


@pytest.mark.parametrize("name", ["model", "model.zip"])
def test_a_model_of_either_kind_is_opened_as_what_it_is(red_model, colour_model, tmp_path, name):
    save(red_model, tmp_path / "objects" / name)
    save(colour_model, tmp_path / "concepts" / name)
    objects = load_detector(tmp_path / "objects" / name, threads=1)
    concepts = load_detector(tmp_path / "concepts" / name, threads=1)
    assert isinstance(objects, EmbeddedDetector)
    assert isinstance(concepts, ConceptClassifier)
    assert (objects.labels, concepts.labels) == (("Red",), ("Red", "Green", "Blue"))


def test_concepts_are_not_taken_for_objects(colour_model, tmp_path):
    save(colour_model, tmp_path / "model")
    with pytest.raises(ModelFailed, match=r"tells concepts \(multi-label\)"):
        EmbeddedDetector.load(tmp_path / "model")


def test_a_model_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NotFound):
        load_detector(tmp_path / "model")
