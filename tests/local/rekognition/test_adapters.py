"""The product's adapters against the service as it runs."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest

from brandlens.adapters.rekognition import RekognitionDetector, RekognitionModels
from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.errors import ModelFailed, ModelNotReady, TooManyTrainings
from brandlens.inference import Units
from brandlens.jobs import Model
from brandlens.labels.geometry import PixelBox
from brandlens.labels.pictures import LabeledPicture
from brandlens.training.evaluation import read_scores
from brandlens.training.versions import TrainedVersion
from tests.local.beside_emulator import KEY, SECRET
from tests.local.rekognition import teaching
from tests.local.rekognition.conftest import Serve, Service

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@pytest.fixture
def session(service: Service, emulator: str, monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator)
    monkeypatch.setenv("AWS_ENDPOINT_URL_REKOGNITION", service.url)
    return boto3.Session(KEY, SECRET, region_name="us-east-1")


def manifest_key(s3: "S3Client", pictures: list[LabeledPicture]) -> str:
    key: str = teaching.put_manifest(s3, pictures)["GroundTruthManifest"]["S3Object"]["Name"]
    return key


def begin(trainer: RekognitionTrainer, project: str, s3: "S3Client", pictures: list[LabeledPicture]) -> str:
    """Begin a training on all but two of the pictures, tested on these; return the version's ARN."""
    return trainer.train(
        project,
        "v1",
        bucket=teaching.BUCKET,
        train_manifest=manifest_key(s3, pictures[2:]),
        test_manifest=manifest_key(s3, pictures[:2]),
        output="cup/training/j/evaluation",
    )


def eventually(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def ended(trainer: RekognitionTrainer, project: str) -> TrainedVersion:
    def over() -> bool:
        version = trainer.version(project, "v1")
        return version is not None and version.status != "TRAINING_IN_PROGRESS"

    eventually(over)
    version = trainer.version(project, "v1")
    assert version is not None
    return version


def test_a_trained_model_is_scored_starts_detects_and_stops(session: boto3.Session, s3: "S3Client") -> None:
    trainer, models = RekognitionTrainer(session), RekognitionModels(session)
    name = teaching.unique("lesson")
    project = trainer.ensure_project(name)
    arn = begin(trainer, project, s3, teaching.put_pictures(s3, 12))
    trained = ended(trainer, project)
    model = Model(detector="rekognition", arn=arn, version="v1", min_confidence=50)
    detector = RekognitionDetector(model, session)
    image = teaching.picture(("Red", PixelBox(20, 40, 60, 20)))

    assert trained.summary is not None
    store = S3ObjectStore(trained.summary.bucket, session)
    scores = read_scores(store.read(trained.summary.key), version="v1")
    with pytest.raises(ModelNotReady):
        detector.detect(image, min_confidence=50)
    began = [models.start(model, Units(least=1, most=2)) for _ in range(2)]
    eventually(lambda: models.status(model) == "RUNNING")
    assert (began, models.units(model)) == ([True, False], 1)
    (found,) = detector.detect(image, min_confidence=50)
    with pytest.raises(ModelFailed, match="InvalidImageFormat"):
        detector.detect(b"no picture", min_confidence=50)
    for _ in range(2):
        models.stop(model)
    eventually(lambda: models.status(model) == "STOPPED")

    assert trainer.ensure_project(name) == project
    assert list(trainer.versions(name)) == [
        trained.model_copy(update={"status": "STOPPED", "message": _STOPPED})
    ]
    assert trained.summary.key.startswith("cup/training/j/evaluation/EvaluationSummary-")
    assert (scores.f1, trained.f1, scores.test_pictures) == (1, 1, 2)
    assert trained.billable_seconds
    assert {label.label: label.test_pictures for label in scores.labels} == {"Blue": 2, "Red": 2}
    assert found.label == "Red"
    assert found.box is not None
    assert found.box.left == pytest.approx(0.1)


_STOPPED = "The model is stopped."


def test_a_training_tells_how_far_it_is_and_a_third_one_has_to_wait(
    serve: Serve, s3: "S3Client", emulator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator)
    with serve(tmp_path, training_seconds=20) as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL_REKOGNITION", service.url)
        trainer = RekognitionTrainer(boto3.Session(KEY, SECRET, region_name="us-east-1"))
        projects = [trainer.ensure_project(name) for name in ("watched", "second", "third")]
        pictures = teaching.put_pictures(s3, 8)
        for project in projects[:2]:
            begin(trainer, project, s3, pictures)
        with pytest.raises(TooManyTrainings, match="2 models are being trained already"):
            begin(trainer, projects[2], s3, pictures)

        def told() -> bool:
            version = trainer.version(projects[0], "v1")
            return bool(version and version.percent_done)

        eventually(told)
        version = trainer.version(projects[0], "v1")

    assert version is not None
    assert version.status == "TRAINING_IN_PROGRESS"
    assert 0 < (version.percent_done or 0) < 100


def test_a_training_that_failed_says_why(session: boto3.Session, s3: "S3Client") -> None:
    trainer = RekognitionTrainer(session)
    project = trainer.ensure_project(teaching.unique("lesson"))
    pictures = teaching.put_pictures(s3, 8)
    wrong = [teaching.labeled(one.name, ("Unlearnable", PixelBox(10, 20, 30, 20))) for one in pictures]
    begin(trainer, project, s3, wrong)
    failed = ended(trainer, project)
    assert failed.status == "TRAINING_FAILED"
    assert "the label Unlearnable is there" in failed.message
    assert (failed.f1, failed.summary) == (None, None)
