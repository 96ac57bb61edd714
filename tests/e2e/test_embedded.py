"""A project of the embedded detector: taught in a training job, and no model is started for its frames."""

import json
from pathlib import Path
from typing import Any

import pytest

from brandlens.jobs import JobRecord, JobState
from brandlens.training.versions import ModelVersion
from tests.e2e import brands
from tests.e2e.system import System, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

PROJECT = "quick"


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taught")
    brands.write_training(folder)
    return folder


@pytest.fixture(scope="module")
def trained(system: System, taught: Path) -> dict[str, Any]:
    """What `train` prints of the project's first version."""
    created = system.cli(
        "project", "create", PROJECT, "--labels", ",".join(brands.LABELS), "--detector", "embedded"
    )
    assert created.returncode == 0, created.stderr
    ended = system.cli("train", PROJECT, taught, "--annotations", taught / "annotations.json", "--json")
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


@pytest.fixture(scope="module")
def version(system: System, trained: dict[str, Any]) -> ModelVersion:
    project = system.projects.get(PROJECT)
    assert project is not None
    assert project.active_model is not None
    known = system.versions.get(project.active_model.arn)
    assert known is not None
    return known


@pytest.fixture(scope="module", params=["video", "picture"])
def record(
    request: pytest.FixtureRequest, system: System, version: ModelVersion, video: Path, picture: Path
) -> JobRecord:
    """A job that looked with the embedded model."""
    file = {"video": video, "picture": picture}[request.param]
    ended = system.ended(system.drop(file.name, file.read_bytes(), PROJECT))
    assert ended.state is JobState.SUCCEEDED, ended.error
    return ended


def test_a_training_job_makes_the_version_that_is_active(system: System, version: ModelVersion) -> None:
    assert version.model.detector == "embedded"
    assert ":training-job/brandlens-local-quick-" in version.model.arn
    assert version.scores is not None
    assert version.scores.f1 > 0.5
    assert version.billable_seconds


def test_its_model_lies_in_the_results_bucket_under_the_recorded_checksum(
    system: System, version: ModelVersion
) -> None:
    artifact = version.artifact
    assert artifact is not None
    assert artifact.bucket == system.outputs.results_bucket
    assert artifact.key == f"_models/{PROJECT}/{version.model.version}/model.zip"
    body = system.aws("s3").get_object(Bucket=artifact.bucket, Key=artifact.key, ChecksumMode="ENABLED")
    assert body["ChecksumSHA256"]
    assert body["Body"].read()


def test_its_brands_are_found(system: System, record: JobRecord) -> None:
    shown = brands.ACME if record.source.key.endswith(".mp4") else brands.BOLT
    assert system.brands(record) == {shown}
    assert system.analysis_of(record)["model"]["detector"] == "embedded"


def test_no_model_is_started_for_it_and_none_is_paid(system: System, record: JobRecord) -> None:
    items = {item["name"] for item in system.analysis_of(record)["cost"]["items"]}
    assert "Lambda, duration" in items
    assert not [name for name in items if "Rekognition" in name]
    entered = {
        event["stateEnteredEventDetails"]["name"]
        for history in system.histories(record.job_id)
        for event in history
        if "stateEnteredEventDetails" in event
    }
    assert "WhichDetector" in entered
    assert not {"StartModel", "EnsureRunning", "ReleaseModel"} & entered
    assert "Model Started" not in [event["detail-type"] for event in system.events(record.job_id)]


def test_the_version_is_listed_with_its_scores_and_nothing_is_there_to_be_started(
    system: System, version: ModelVersion
) -> None:
    (listed,) = json.loads(system.cli("models", "list", "--project", PROJECT, "--json").stdout)
    assert (listed["version"], listed["status"], listed["active"]) == (
        version.model.version,
        "TRAINING_COMPLETED",
        True,
    )
    assert version.scores is not None
    assert listed["f1"] == pytest.approx(version.scores.f1)
    started = system.cli("models", "start", PROJECT)
    assert started.returncode == 2
    assert "needs no start" in started.stderr


def test_it_is_evaluated_as_it_is_kept(system: System, version: ModelVersion, taught: Path) -> None:
    evaluated = system.cli(
        "models",
        "evaluate",
        taught,
        "--annotations",
        taught / "annotations.json",
        "--project",
        PROJECT,
        "--json",
    )
    assert evaluated.returncode == 0, evaluated.stderr
    told = json.loads(evaluated.stdout)
    assert told["model"] == f"{PROJECT}, version {version.model.version}"
    assert told["evaluation"]["mean_average_precision"] > 0.5


def test_the_same_pictures_are_not_learned_twice(system: System, version: ModelVersion, taught: Path) -> None:
    again = system.cli("train", PROJECT, taught, "--annotations", taught / "annotations.json", "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["model"]["model"]["arn"] == version.model.arn


def test_a_training_job_ends_with_the_job_that_was_canceled(
    system: System, trained: dict[str, Any], tmp_path: Path
) -> None:
    brands.write_training(tmp_path)
    (tmp_path / "00.jpg").unlink()
    brands.picture(2000, []).save(tmp_path / "00.jpg", quality=90)
    sent = system.cli(
        "train", PROJECT, tmp_path, "--annotations", tmp_path / "annotations.json", "--no-wait", "--json"
    )
    assert sent.returncode == 0, sent.stderr
    job_id = json.loads(sent.stdout)["job_id"]

    def training() -> str | None:
        record = system.jobs.get(job_id)
        known = system.versions.of_project(PROJECT)
        ours = [each.model.arn for each in known if each.job_id == job_id]
        return ours[0] if record and record.step == "train model" and ours else None

    arn = eventually(training, lambda: f"job {job_id} trains nothing: {system.jobs.get(job_id)}")
    assert system.cli("jobs", "cancel", job_id).returncode == 0
    assert system.ended(job_id).state is JobState.CANCELED
    name = arn.rpartition("/")[2]

    def ended() -> str | None:
        status = system.sagemaker.describe_training_job(TrainingJobName=name)["TrainingJobStatus"]
        return None if status in ("InProgress", "Stopping") else str(status)

    assert eventually(ended, lambda: f"{name} goes on") == "Stopped"
