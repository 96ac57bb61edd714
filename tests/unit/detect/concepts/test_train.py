import numpy as np
import pytest
import torch

from brandlens.detect.artifact import load, save
from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.concepts.inference import ConceptClassifier
from brandlens.detect.concepts.train import MOST_VIEWS, train_concepts
from brandlens.errors import CorruptMedia, InvalidLabels, InvalidSettings

LABELS = ["Stripes", "Checks"]
CLASSES = [("Stripes",), ("Checks",)]
SETS = [(), ("Stripes",), ("Checks",), ("Stripes", "Checks")]


class LookClock:
    """A clock that moves `seconds` with each look, so that no test depends on the machine's speed."""

    def __init__(self, seconds):
        self.seconds, self.now, self.looks = seconds, 0.0, []

    def __call__(self):
        return self.now

    def progress(self, look, loss, seconds_left):
        self.now += self.seconds
        self.looks.append((look, loss, seconds_left))


def trained(pictures, kind, *, seconds=3.0, seed=1, labels=LABELS, budget_seconds=10.0):
    clock = LookClock(seconds)
    made = train_concepts(
        pictures,
        labels,
        kind=kind,
        budget_seconds=budget_seconds,
        seed=seed,
        progress=clock.progress,
        threads=1,
        clock=clock,
    )
    return made, clock


@pytest.fixture(scope="module")
def multi_label(draw):
    return trained([draw(n, *SETS[n % 4]) for n in range(40)], "multi-label")


@pytest.fixture(scope="module")
def multi_class(draw):
    return trained([draw(n, *CLASSES[n % 2]) for n in range(24)], "multi-class")


def test_every_label_of_a_new_picture_is_told_and_no_other(multi_label, draw, tmp_path):
    made, _ = multi_label
    save(made, tmp_path / "model")
    assert load(tmp_path / "model") == made
    classifier = ConceptClassifier.of(made, threads=1)
    unseen = [draw(1000 + n, *SETS[n % 4]) for n in range(24)]
    found = [{one.label for one in classifier.detect(i.read(), min_confidence=50)} for i in unseen]
    right = sum(
        (label in labels) == (label in image.labels)
        for image, labels in zip(unseen, found, strict=True)
        for label in LABELS
    )
    assert right / (2 * len(unseen)) > 0.9
    assert made.report.f1 > 0.9
    assert (made.report.split, made.report.pictures_without_labels) == ("scene", 10)


def test_the_class_of_a_new_picture_is_the_most_confident_and_confidences_add_up(multi_class, draw):
    made, _ = multi_class
    classifier = ConceptClassifier.of(made, threads=1)
    unseen = [draw(1000 + n, *CLASSES[n % 2]) for n in range(16)]
    found = [classifier.detect(image.read(), min_confidence=0) for image in unseen]
    assert all(sum(one.confidence for one in each) == pytest.approx(100, abs=0.01) for each in found)
    right = sum(each[0].label in image.labels for image, each in zip(unseen, found, strict=True))
    assert right >= 15
    assert made.report.accuracy > 0.9
    assert np.asarray(made.report.confusion).sum() == 24


def test_the_same_seed_trains_the_same_network_and_another_one_another(draw):
    pictures = [draw(n, *CLASSES[n % 2]) for n in range(6)]
    networks = [trained(pictures, "multi-class", seed=seed)[0].network for seed in (1, 1, 2)]
    assert networks[0] == networks[1]
    assert networks[0] != networks[2]


def test_versions_are_looked_at_while_there_is_time_and_progress_is_told(multi_class, draw):
    made, clock = multi_class
    looks, losses, left = zip(*clock.looks, strict=True)
    assert looks == (1, 2)
    assert np.isfinite(losses).all()
    assert left == (10.0, 7.0)
    patient, _ = trained([draw(0, "Stripes"), draw(2, "Checks")], "multi-class", seconds=0.1)
    assert (made.report.views, patient.report.views) == (2, MOST_VIEWS)


def test_a_time_too_short_for_one_look_still_gives_a_model_and_a_warning(draw):
    made, _ = trained([draw(0, "Stripes"), draw(2, "Checks")], "multi-class", seconds=30.0)
    assert made.report.split == "none"
    assert any("20 s more than was given" in warning for warning in made.report.warnings)
    ConceptClassifier.of(made, threads=1).detect(draw(5).read(), min_confidence=50)


def test_torch_is_left_as_it_was_found(draw):
    threads, state = torch.get_num_threads(), torch.random.get_rng_state()
    trained([draw(0, "Stripes"), draw(2, "Checks")], "multi-class", seconds=30.0)
    assert torch.get_num_threads() == threads
    assert (torch.random.get_rng_state() == state).all()


def test_a_label_on_every_picture_gets_a_warning(draw):
    pictures = [draw(n, *("Stripes", "Checks")[: 1 + n % 2]) for n in range(4)]
    made, _ = trained(pictures, "multi-label", seconds=30.0)
    assert any("Every picture has 'Stripes'" in warning for warning in made.report.warnings)


def test_one_class_is_refused_before_any_look(draw):
    with pytest.raises(InvalidLabels):
        trained([draw(0, "Stripes")], "multi-class", labels=["Stripes"])


def test_a_corrupt_picture_is_refused(draw):
    bad = ConceptImage(lambda: draw(0).read()[:200], ("Stripes",), scene="s")
    with pytest.raises(CorruptMedia, match="A picture of s cannot be looked at: "):
        trained([bad, draw(2, "Checks")], "multi-class")


def test_no_time_at_all_is_refused(draw):
    with pytest.raises(InvalidSettings):
        trained([draw(0, "Stripes"), draw(2, "Checks")], "multi-class", budget_seconds=0)
