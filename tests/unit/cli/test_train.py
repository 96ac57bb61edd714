"""When the same files are learned from anew, and when the training that is there is followed."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from brandlens.adapters.aws import default_session
from brandlens.adapters.model_registry import S3ModelRegistry
from brandlens.adapters.versions_table import VersionsTable
from brandlens.cli.batches import Batch, plan_batch
from brandlens.cli.cloud import Cloud
from brandlens.cli.train import begin_training
from brandlens.environment import Outputs
from brandlens.jobs import DetectorName, JobState, Model
from brandlens.training.files import MODEL, training_prefix
from brandlens.training.scores import DataCounts, ModelScores
from brandlens.training.versions import Artifact, ModelVersion, TrainedModel
from tests.jobs import NOW, job
from tests.spending import cost
from tests.unit.adapters.tables import make_tables

REGION = "eu-west-1"
SCORES = ModelScores(f1=0.9, precision=0.9, recall=0.9, train_pictures=2, test_pictures=1, labels=())


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    default_session.cache_clear()
    with mock_aws():
        session = boto3.Session(region_name=REGION)
        make_tables(session)
        s3 = session.client("s3")
        for bucket in ("media", "results"):
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        outputs = Outputs.model_construct(
            media_bucket="media",
            results_bucket="results",
            projects_table="projects",
            jobs_table="jobs",
            models_table="models",
        )
        made = Cloud("dev", outputs)
        made.projects.create("cup", ["Acme"], label_type="object", detector="embedded", min_f1=0, now=NOW)
        yield made
    default_session.cache_clear()


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"picture")
    return plan_batch([picture], None, project="cup", labels=["Acme"], label_type="object")


def learned(cloud: Cloud, batch: Batch, detector: DetectorName) -> tuple[str, Artifact | None]:
    """Record a training of the batch that has given a model; return its job, and where the model is kept."""
    done = job(batch.request_key)
    model = Model(detector=detector, arn="arn:aws:x:1", version="v1", min_confidence=50)
    artifact = (
        S3ModelRegistry("results").keep("cup", "v1", b"a model's bytes") if detector == "embedded" else None
    )
    VersionsTable("models").end(
        ModelVersion(model=model, project="cup", job_id=done.job_id, created_at=NOW, artifact=artifact)
    )
    trained = TrainedModel(
        model=model,
        active=True,
        reason=None,
        scores=SCORES,
        data=DataCounts(train_pictures=2, test_pictures=1, boxes=3),
        warnings=0,
        cost=cost(1),
    )
    cloud.media.write(
        training_prefix(done) + MODEL,
        trained.model_dump_json().encode(),
        content_type="application/json",
    )
    cloud.jobs.receive(done, "training")
    cloud.jobs.finish(done.job_id, JobState.SUCCEEDED, now=NOW)
    return done.job_id, artifact


def begin(cloud: Cloud, batch: Batch) -> str:
    return begin_training(cloud, "cup", batch, lambda step, done, total: None)


@pytest.mark.parametrize("detector", ["embedded", "rekognition"])
def test_the_same_files_are_learned_from_once(cloud: Cloud, batch: Batch, detector: DetectorName) -> None:
    before, _ = learned(cloud, batch, detector)
    assert begin(cloud, batch) == before
    assert batch.request_key not in cloud.media.keys(batch.prefix)


def test_files_whose_model_was_deleted_are_learned_from_anew(cloud: Cloud, batch: Batch) -> None:
    before, artifact = learned(cloud, batch, "embedded")
    assert artifact is not None
    cloud.results.delete_prefix(artifact.key)
    assert begin(cloud, batch) != before
    assert batch.request_key in cloud.media.keys(batch.prefix)
