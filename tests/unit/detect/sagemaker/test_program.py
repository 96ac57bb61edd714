"""The program of a SageMaker training job, on the folders that SageMaker gives it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from brandlens.detect import artifact
from brandlens.detect.load import load_detector
from brandlens.training.evaluation import read_scores
from brandlens.training.files import TEST_MANIFEST, TRAIN_MANIFEST
from tests.unit.detect.manifests import PICTURES, lay, lay_classified


def run(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "brandlens.detect.sagemaker"],
        env=os.environ | {"SAGEMAKER_BASE_DIR": str(root), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def given(root: Path, laid: Path, **told: str) -> None:
    """Put the pictures and manifest that `laid` names where SageMaker puts a job's channels."""
    data = root / "input" / "data"
    for channel, manifest in (("train", TRAIN_MANIFEST), ("test", TEST_MANIFEST)):
        (data / channel).mkdir(parents=True)
        (data / channel / manifest).write_bytes(laid.read_bytes())
    (laid.parent / PICTURES).rename(data / "pictures")
    (root / "input" / "config").mkdir()
    parameters = {"seconds": "4", "seed": "1"} | told
    (root / "input" / "config" / "hyperparameters.json").write_text(json.dumps(parameters))


def failure(root: Path) -> str:
    return (root / "output" / "failure").read_text()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "ml"


def test_pictures_with_boxes_become_a_detector_and_its_scores(root, tmp_path, pictures):
    given(root, lay(tmp_path, {f"{number}.png": one for number, one in enumerate(pictures)}))
    (root / "checkpoints").mkdir()

    ended = run(root)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Step " in ended.stdout
    assert sorted(path.name for path in (root / "model").iterdir()) == ["evaluation.json", "model.zip"]
    detector = load_detector(root / "model" / "model.zip", threads=1)
    assert set(detector.labels) == {"Disc", "Bars"}
    scores = read_scores((root / "model" / "evaluation.json").read_bytes(), version="v1")
    assert (scores.train_pictures, scores.test_pictures) == (24, 24)
    assert {(one.label, one.test_pictures) for one in scores.labels} == {("Disc", 10), ("Bars", 10)}
    assert not (root / "output").exists()


def test_labels_of_whole_pictures_become_a_classifier_and_its_scores(root, tmp_path, pictures):
    shown = {
        f"{number}.png": (one, [label for label, _ in one.boxes]) for number, one in enumerate(pictures[:12])
    }
    given(root, lay_classified(tmp_path, shown))

    ended = run(root)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert artifact.load(root / "model" / "model.zip").description.kind == "multi-class"
    scores = read_scores((root / "model" / "evaluation.json").read_bytes(), version="v1")
    assert scores.f1 > 0.8
    assert scores.test_pictures == 12


def test_pictures_that_cannot_be_learned_from_are_told_where_the_service_shows_it(root, tmp_path, pictures):
    given(root, lay(tmp_path, {f"{number}.png": one for number, one in enumerate(pictures)}))
    for picture in (root / "input" / "data" / "pictures").iterdir():
        picture.write_bytes(b"no picture")

    assert run(root).returncode == 1
    assert "24 of 24 pictures cannot be used" in failure(root)
    assert not list((root / "model").iterdir())


@pytest.mark.parametrize("told", [{"seconds": "-1"}, {"seconds": "soon"}, {"depth": "3"}])
def test_a_job_that_is_told_nonsense_says_so(root, tmp_path, pictures, told):
    given(root, lay(tmp_path, {"0.png": pictures[0]}), **told)

    assert run(root).returncode == 1
    assert "hyperparameters.json cannot be used" in failure(root)


def test_a_container_without_its_files_says_so(root):
    root.mkdir()
    assert run(root).returncode == 1
    assert failure(root).startswith("The model cannot be trained: ")
