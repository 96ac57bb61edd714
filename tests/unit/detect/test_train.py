import numpy as np
import pytest
import torch

from brandlens.detect.artifact import load, save
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.evaluation.evaluate import LEAST_CONFIDENCE, evaluate
from brandlens.detect.inference import EmbeddedDetector
from brandlens.detect.load import load_detector
from brandlens.detect.train import train
from brandlens.detect.training.checkpoint import forget
from brandlens.errors import CorruptMedia, InvalidLabels, InvalidSettings

LABELS = ["Disc", "Bars"]


class StepClock:
    """A clock that moves `seconds` with each step, so that no test depends on the machine's speed."""

    def __init__(self, seconds, killed_at=None):
        self.seconds, self.now, self.steps, self.killed_at = seconds, 0.0, [], killed_at

    def __call__(self):
        return self.now

    def progress(self, step, loss, seconds_left):
        self.now += self.seconds
        self.steps.append((step, loss, seconds_left))
        if step == self.killed_at:
            raise KeyboardInterrupt


def trained(
    images,
    *,
    seed=1,
    budget_seconds=10.0,
    seconds=2.0,
    labels=LABELS,
    checkpoint=None,
    killed_at=None,
    **more,
):
    clock = StepClock(seconds, killed_at)
    made = train(
        images,
        labels,
        budget_seconds=budget_seconds,
        seed=seed,
        progress=clock.progress,
        threads=2,
        checkpoint=checkpoint,
        clock=clock,
        **more,
    )
    return made, clock


@pytest.mark.slow
def test_a_short_training_finds_plain_logos_in_new_pictures_and_nothing_in_empty_ones(
    pictures, draw, tmp_path
):
    made, _ = trained(pictures, budget_seconds=30.0, seconds=0.28)
    save(made, tmp_path / "model")
    detector = load_detector(tmp_path / "model")
    unseen = [draw(1000 + n, label=kind) for n, kind in enumerate(["Disc", "Bars", None] * 8)]
    found = detector.detect_batch((image.read() for image in unseen), min_confidence=LEAST_CONFIDENCE)
    result = evaluate([image.boxes for image in unseen], list(found), LABELS)
    assert result.mean_average_precision > 0.9
    assert result.overall.f1 > 0.85
    assert result.false_boxes_per_negative == 0
    report = load(tmp_path / "model").report
    assert (report.learning_pictures + report.validation_pictures, report.split) == (24, "scene")
    assert report.f1 > 0.8


def test_the_same_seed_trains_the_same_network_and_another_one_another(pictures):
    networks = [trained(pictures, seed=seed)[0].network for seed in (1, 1, 2)]
    assert networks[0] == networks[1]
    assert networks[0] != networks[2]


def test_a_killed_training_goes_on_where_it_was_and_gives_the_very_same_network(pictures, tmp_path):
    times = {"budget_seconds": 100.0, "seconds": 12.0, "checkpoint": tmp_path / "kept"}
    whole, clock = trained(pictures, budget_seconds=100.0, seconds=12.0)
    with pytest.raises(KeyboardInterrupt):
        trained(pictures, **times, killed_at=5)
    resumed, rest = trained(pictures, **times)
    assert [step for step, *_ in rest.steps] == [step for step, *_ in clock.steps][4:]
    assert resumed.network == whole.network
    forget(tmp_path / "kept")
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["training.lock"]


def test_a_training_whose_state_the_disk_refuses_goes_on_and_says_so_once(pictures, tmp_path):
    (tmp_path / "training.draft").mkdir()
    said = []
    made, clock = trained(pictures, budget_seconds=80.0, seconds=25.0, checkpoint=tmp_path, warn=said.append)
    assert made.report.steps == len(clock.steps) > 2
    assert [sentence.partition(",")[0] for sentence in said] == ["The training goes on"]


def test_a_checkpoint_of_another_training_is_refused(pictures, tmp_path):
    times = {"budget_seconds": 100.0, "seconds": 25.0, "checkpoint": tmp_path}
    with pytest.raises(KeyboardInterrupt):
        trained(pictures, **times, killed_at=2)
    with pytest.raises(InvalidSettings, match="other pictures, labels or settings"):
        trained(pictures, **times, seed=2)
    (tmp_path / "training.pt").write_bytes(b"half a file")
    with pytest.raises(InvalidSettings, match="cannot be read"):
        trained(pictures, **times)


def test_a_checkpoint_that_cannot_be_kept_is_refused_before_any_step(pictures, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InvalidSettings, match="Cannot keep the training's state"):
        trained(pictures, checkpoint=tmp_path / "file", killed_at=1)


def test_training_takes_the_time_it_was_given_and_says_how_it_goes(pictures):
    made, clock = trained(pictures, budget_seconds=10.0, seconds=2.0)
    steps, losses, left = zip(*clock.steps, strict=True)
    assert steps == tuple(range(1, len(steps) + 1))
    assert made.report.steps == len(steps)
    assert np.isfinite(losses).all()
    assert list(left) == sorted(left, reverse=True)
    assert 5 <= clock.now <= 10


def test_a_time_too_short_for_anything_still_gives_a_model_and_a_warning(pictures):
    made, clock = trained(pictures, budget_seconds=0.1, seconds=5.0)
    assert len(clock.steps) == 1
    assert any("Only 1 step fitted" in warning for warning in made.report.warnings)
    EmbeddedDetector.of(made).detect(pictures[0].read(), min_confidence=50)


def test_torch_is_left_as_it_was_found(pictures):
    threads, state = torch.get_num_threads(), torch.random.get_rng_state()
    trained(pictures)
    assert torch.get_num_threads() == threads
    assert (torch.random.get_rng_state() == state).all()


def test_one_picture_teaches_and_the_report_warns_of_it(draw):
    made, _ = trained([draw(1, label="Disc")], labels=["Disc"])
    assert made.report.split == "none"
    assert len(made.report.warnings) >= 2


def test_labels_without_boxes_are_refused_before_any_step(draw):
    with pytest.raises(InvalidLabels):
        trained([draw(1, label="Disc")])


def test_a_corrupt_picture_is_refused(draw):
    good = draw(1, label="Disc")
    bad = LabeledImage(lambda: good.read()[:200], good.width, good.height, good.boxes, scene="s")
    with pytest.raises(CorruptMedia, match="A picture of s cannot be looked at: "):
        trained([bad], labels=["Disc"])


def test_no_time_at_all_is_refused(pictures):
    with pytest.raises(InvalidSettings):
        trained(pictures, budget_seconds=0)
