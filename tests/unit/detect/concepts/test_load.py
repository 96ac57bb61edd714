import pytest
from PIL import Image

from brandlens.detect.artifact import save
from brandlens.detect.concepts.inference import ConceptClassifier
from brandlens.detect.inference import EmbeddedDetector
from brandlens.detect.load import load_detector
from brandlens.errors import InvalidInput, NotFound


@pytest.mark.parametrize("name", ["model", "model.zip"])
def test_a_model_of_either_kind_is_opened_as_what_it_is(red_model, colour_model, tmp_path, name):
    save(red_model, tmp_path / "objects" / name)
    save(colour_model, tmp_path / "concepts" / name)
    objects = load_detector(tmp_path / "objects" / name, threads=1)
    concepts = load_detector(tmp_path / "concepts" / name, threads=1)
    assert isinstance(objects, EmbeddedDetector)
    assert isinstance(concepts, ConceptClassifier)
    assert (objects.labels, concepts.labels) == (("Red",), ("Red", "Green", "Blue"))


def test_a_model_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NotFound):
        load_detector(tmp_path / "model")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"mode": "exact"}, "Cannot look in the mode 'exact': there is none. Give one of fast, accurate."),
        ({"threads": 0}, "Cannot look on 0 threads: it takes one at least"),
        ({"threads": -1}, "Cannot look on -1 threads"),
    ],
)
def test_a_mode_that_there_is_not_and_no_threads_are_refused(red_model, colour_model, tmp_path, asked, said):
    save(red_model, tmp_path / "objects")
    save(colour_model, tmp_path / "concepts")
    for kind in ("objects", "concepts"):
        with pytest.raises(InvalidInput) as refusal:
            load_detector(tmp_path / kind, **asked)
        assert said in str(refusal.value)


@pytest.mark.parametrize("confidence", [-1, 100.5, float("nan")])
def test_a_confidence_that_is_no_percentage_is_refused(
    red_model, colour_model, tmp_path, confidence, encode_picture
):
    picture = encode_picture(Image.new("RGB", (64, 64)))
    for kind, model in (("objects", red_model), ("concepts", colour_model)):
        save(model, tmp_path / kind)
        detector = load_detector(tmp_path / kind, threads=1)
        with pytest.raises(InvalidInput, match=r"confidence is in percent. Give 0 to 100"):
            detector.detect(picture, min_confidence=confidence)


def test_both_kinds_take_pictures_in_batches(red_model, colour_model, tmp_path, encode_picture):
    pictures = [encode_picture(Image.new("RGB", (64, 64), colour)) for colour in ("red", "blue")]
    for kind, model in (("objects", red_model), ("concepts", colour_model)):
        save(model, tmp_path / kind)
        detector = load_detector(tmp_path / kind, threads=1)
        single = [detector.detect(picture, min_confidence=20) for picture in pictures]
        assert list(detector.detect_batch(pictures, min_confidence=20)) == single
