"""The product's adapters and teaching against the service as it runs."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest

from brandlens.adapters.rekognition import RekognitionDetector, RekognitionModels
from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.errors import ModelFailed, ModelNotReady
from brandlens.labels.geometry import PixelBox
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.plan import TrainingPlan, plan_training
from brandlens.teaching import Taught, TeachingProgress, teach
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


def lesson(count: int, *, wrong: bool = False) -> tuple[TrainingPlan, dict[str, bytes]]:
    """Draw pictures of four scenes; return their plan and files."""
    pictures: list[LabeledPicture] = []
    files = {}
    for number, drawn in enumerate(teaching.patches(count)):
        name = f"{number % 4}/{number}.png"
        files[name] = teaching.picture(*drawn, grey=100 + number)
        labels = [("Unlearnable" if wrong else label, box) for label, box in drawn]
        pictures.append(teaching.labeled(name, *labels, scene=str(number % 4)))
    return plan_training(pictures, ["Unlearnable"] if wrong else ["Red", "Blue"]), files


def learn(
    session: boto3.Session, name: str, plan: TrainingPlan, files: dict[str, bytes]
) -> tuple[Taught, list[TeachingProgress]]:
    seen: list[TeachingProgress] = []
    taught = teach(
        plan,
        project=name,
        service_project=f"stack-{name}",
        read=files.__getitem__,
        store=S3ObjectStore(teaching.BUCKET, session),
        trainer=RekognitionTrainer(session),
        min_confidence=50,
        now=datetime(2026, 3, 1, tzinfo=UTC),
        progress=seen.append,
        sleep=lambda _: time.sleep(0.05),
    )
    return taught, seen


def wait_until(models: RekognitionModels, taught: Taught, status: str) -> None:
    deadline = time.monotonic() + 30
    while models.status(taught.model) != status:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_taught_model_starts_detects_and_stops(session: boto3.Session, s3: "S3Client") -> None:
    taught, seen = learn(session, teaching.unique("lesson"), *lesson(12))
    models, detector = RekognitionModels(session), RekognitionDetector(taught.model, session)
    image = teaching.picture(("Red", PixelBox(20, 40, 60, 20)))

    with pytest.raises(ModelNotReady):
        detector.detect(image, min_confidence=50)
    for _ in range(2):
        models.start(taught.model, inference_units=1)
    wait_until(models, taught, "RUNNING")
    (found,) = detector.detect(image, min_confidence=50)
    with pytest.raises(ModelFailed, match="InvalidImageFormat"):
        detector.detect(b"no picture", min_confidence=50)
    for _ in range(2):
        models.stop(taught.model)
    wait_until(models, taught, "STOPPED")

    assert taught.f1 == 1
    assert found.label == "Red"
    assert found.box is not None
    assert found.box.left == pytest.approx(0.1)
    uploads = [one.done for one in seen if one.step == "upload"]
    assert uploads == list(range(1, 13))
    trained = [one.done for one in seen if one.step == "train"]
    assert trained == sorted(trained)
    assert trained[-1] == 100


def test_a_training_tells_how_far_it_is(
    serve: Serve, s3: "S3Client", emulator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator)
    with serve(tmp_path, training_seconds=20) as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL_REKOGNITION", service.url)
        trainer = RekognitionTrainer(boto3.Session(KEY, SECRET, region_name="us-east-1"))
        project = trainer.ensure_project("watched")
        manifest = teaching.put_manifest(s3, teaching.put_pictures(s3, 8))
        key = manifest["GroundTruthManifest"]["S3Object"]["Name"]
        trainer.train(
            project, "v1", bucket=teaching.BUCKET, train_manifest=key, test_manifest=key, output="o"
        )

        deadline = time.monotonic() + 30
        while not (version := trainer.version(project, "v1")) or not version.percent_done:
            assert time.monotonic() < deadline
            time.sleep(0.1)

    assert version.status == "TRAINING_IN_PROGRESS"
    assert 0 < version.percent_done < 100


def test_teaching_the_same_twice_trains_once_and_other_pictures_make_another_version(
    session: boto3.Session, s3: "S3Client"
) -> None:
    name = teaching.unique("lesson")

    first, _ = learn(session, name, *lesson(12))
    again, _ = learn(session, name, *lesson(12))
    other, _ = learn(session, name, *lesson(16))

    assert again == first
    assert other.model.arn.split("/")[1] == first.model.arn.split("/")[1] == f"stack-{name}"
    assert other.model.version != first.model.version


def test_a_training_that_failed_says_why_and_may_be_tried_again(
    session: boto3.Session, s3: "S3Client"
) -> None:
    name = teaching.unique("lesson")

    for _ in range(2):
        with pytest.raises(ModelFailed, match="the label Unlearnable is there"):
            learn(session, name, *lesson(12, wrong=True))

    project = RekognitionTrainer(session).ensure_project(f"stack-{name}")
    found = session.client("rekognition").describe_project_versions(ProjectArn=project)
    versions = [one["ProjectVersionArn"].split("/")[3] for one in found["ProjectVersionDescriptions"]]
    assert versions[0] == f"{versions[1]}-2"
