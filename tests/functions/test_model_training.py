"""create_model_version, check_model_version and register_model: from a dataset to a judged model version."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from brandlens.cost.budget import account_of
from brandlens.errors import JobCanceled, ModelFailed, TooManyTrainings, UnknownProject
from brandlens.events import TrainingCompleted
from brandlens.jobs import DetectorName, Job, JobState
from brandlens.results import Warning  # noqa: A004 - the document's own term
from brandlens.training.files import (
    MODEL,
    PICTURES,
    PICTURES_LIST,
    REPORT,
    TEST_MANIFEST,
    TRAIN_MANIFEST,
    training_prefix,
)
from brandlens.training.pictures import DatasetPicture
from brandlens.training.report import DataReport
from brandlens.training.request import TrainingRequest
from brandlens.training.versions import (
    ModelVersion,
    ObjectLocation,
    ReplacedModel,
    TrainedModel,
    VersionReference,
)
from functions.check_model_version import handler as check_model_version
from functions.create_model_version import handler as create_model_version
from functions.register_model import handler as register_model
from tests.fakes.jobs import FakeJobs
from tests.fakes.objects import FakeObjectStore
from tests.fakes.projects import FakeProject, FakeProjects
from tests.fakes.training import FakeRegistry, FakeTrainer, FakeVersions
from tests.fakes.workflows import FakeBus
from tests.jobs import NOW, job
from tests.spending import FakeSpending

REQUEST = TrainingRequest(labels=("Acme",), type="object", prefix="inbox/cup/train/final/")
JOB = job("inbox/cup/train/final/job.json")
AGAIN = job("inbox/cup/train/final/job.json", version="2")
LATER = NOW + timedelta(hours=3)


def summary(f1: float) -> bytes:
    figures = {"F1Score": f1, "Precision": f1, "Recall": f1, "Threshold": 0.4}
    document = {
        "AggregatedEvaluationResults": figures,
        "EvaluationDetails": {"NumberOfTrainingImages": 2, "NumberOfTestingImages": 1},
        "LabelEvaluationResults": [{"Label": "Acme", "Metrics": figures, "NumberOfTestingImages": 1}],
    }
    return json.dumps(document).encode()


def picture(number: int) -> DatasetPicture:
    return DatasetPicture(
        name=f"{number}.jpg",
        source_key=f"inbox/cup/train/final/{number}.png",
        seconds=None,
        width=640,
        height=360,
        scene=str(number),
        sha256=f"{number:064x}",
    )


@dataclass
class Cloud:
    media: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("media"))
    jobs: FakeJobs = field(default_factory=FakeJobs)
    versions: FakeVersions = field(default_factory=FakeVersions)
    trainer: FakeTrainer = field(default_factory=FakeTrainer)
    bus: FakeBus = field(default_factory=FakeBus)
    spending: FakeSpending = field(default_factory=FakeSpending)
    projects: FakeProjects = field(
        default_factory=lambda: FakeProjects(FakeProject("cup", min_f1=0.75), FakeProject("league"))
    )
    embedded: FakeTrainer = field(default_factory=FakeTrainer)
    registry: FakeRegistry = field(default_factory=FakeRegistry)

    @property
    def trainers(self) -> dict[DetectorName, FakeTrainer]:
        return {"rekognition": self.trainer, "embedded": self.embedded}

    def dataset(self, each: Job = JOB, *, left: int = 10) -> None:
        """Put a dataset where a training's earlier steps leave it, and its job into the table."""
        self.jobs.receive(each, "training")
        prefix = training_prefix(each)
        pictures = "".join(picture(number).model_dump_json() + "\n" for number in range(3))
        self.media.write(prefix + PICTURES_LIST, pictures.encode(), content_type="application/jsonl")
        for manifest, numbers in ((TRAIN_MANIFEST, (0, 1)), (TEST_MANIFEST, (2,))):
            lines = [
                {
                    "source-ref": f"s3://media/{prefix}{PICTURES}{number}.jpg",
                    "boxes": {"annotations": [{"left": left}]},
                    "boxes-metadata": {"type": "groundtruth/object-detection", "job-name": each.job_id},
                }
                for number in numbers
            ]
            body = "".join(json.dumps(line) + "\n" for line in lines)
            self.media.write(prefix + manifest, body.encode(), content_type="application/x-ndjson")
        report = DataReport(
            job_id=each.job_id,
            project=each.project,
            type="object",
            labeled_by="annotations",
            train_pictures=2,
            test_pictures=1,
            negatives=0,
            boxes=3,
            split_by="scene",
            labels=(),
            sizes=(),
            cost=None,
            warnings=(Warning(code="FewPictures", message="3 pictures show Acme."),),
        )
        self.media.write(prefix + REPORT, report.model_dump_json().encode(), content_type="application/json")

    def create(self, each: Job = JOB) -> VersionReference:
        deps = create_model_version.Deps(
            self.media, self.projects, self.jobs, self.versions, self.trainers, "brandlens-dev-", 50
        )
        event = create_model_version.CreateModelVersion(job=each, request=REQUEST)
        return create_model_version.handle(event, deps, now=NOW)

    def check(self, version: VersionReference, each: Job = JOB) -> check_model_version.Progress:
        deps = check_model_version.Deps(self.jobs, self.versions, self.trainers)
        event = check_model_version.CheckModelVersion(job=each, version=version)
        return check_model_version.handle(event, deps, now=LATER)

    def register(
        self, version: VersionReference, each: Job = JOB, *, now: datetime = LATER
    ) -> register_model.Registered:
        deps = register_model.Deps(
            self.media,
            self.projects,
            self.jobs,
            self.versions,
            self.trainers,
            self.registry,
            self.bus,
            self.spending,
            50,
        )
        event = register_model.RegisterModel(job=each, request=REQUEST, version=version)
        return register_model.handle(event, deps, now=now)

    def trained(self, version: VersionReference, f1: float) -> None:
        """Have the training end, as the service tells it."""
        key = training_prefix(JOB) + "evaluation/summary.json"
        self.media.write(key, summary(f1), content_type="application/json")
        self.trainer.becomes(
            version.version,
            status="TRAINING_COMPLETED",
            f1=f1,
            summary=ObjectLocation(bucket="media", key=key),
            billable_seconds=1800,
        )

    def kept(self, each: Job) -> TrainedModel:
        return TrainedModel.model_validate_json(self.media.read(training_prefix(each) + MODEL))

    def known(self, version: VersionReference) -> ModelVersion:
        return self.versions.known[version.version_arn]


@pytest.fixture
def cloud() -> Cloud:
    made = Cloud()
    made.dataset()
    return made


def test_a_training_begins_in_the_one_project_of_its_project_on_its_own_manifests(cloud: Cloud) -> None:
    version = cloud.create()
    prefix = training_prefix(JOB)
    assert version.project_arn.split("/")[1] == "brandlens-dev-cup"
    assert cloud.trainer.begun == [
        ("media", f"{prefix}train.manifest", f"{prefix}test.manifest", f"{prefix}evaluation")
    ]
    known = cloud.known(version)
    assert (known.project, known.job_id, known.created_at, known.scores) == ("cup", JOB.job_id, NOW, None)
    assert cloud.jobs.records[JOB.job_id].step == "train model"


def test_a_repeated_training_finds_the_version_that_is_there(cloud: Cloud) -> None:
    first = cloud.create()
    cloud.dataset(AGAIN)
    assert cloud.create() == cloud.create(AGAIN) == first
    assert len(cloud.trainer.begun) == 1
    assert cloud.known(first).job_id == JOB.job_id


def test_other_labels_make_another_version(cloud: Cloud) -> None:
    first = cloud.create()
    cloud.dataset(AGAIN, left=20)
    other = cloud.create(AGAIN)
    assert other.project_arn == first.project_arn
    assert other.version != first.version


def test_a_training_that_failed_may_be_tried_again_and_both_stay_listed(cloud: Cloud) -> None:
    first = cloud.create()
    cloud.trainer.becomes(first.version, status="TRAINING_FAILED", message="Too few labels.")
    with pytest.raises(ModelFailed, match="Too few labels"):
        cloud.check(first)
    second = cloud.create()
    assert second.version == f"{first.version}-2"
    assert cloud.known(first).reason == "Too few labels"
    assert cloud.known(first).finished_at == LATER
    assert {known.model.version for known in cloud.versions.of_project("cup")} == {
        first.version,
        second.version,
    }


def test_a_lesson_that_keeps_failing_is_not_paid_for_forever(cloud: Cloud) -> None:
    for _ in range(20):
        version = cloud.create()
        cloud.trainer.becomes(version.version, status="TRAINING_FAILED", message="Too few labels.")
    with pytest.raises(ModelFailed, match="every training on these pictures failed: Too few labels"):
        cloud.create()


def test_a_training_that_has_to_wait_for_its_turn_leaves_nothing_behind(cloud: Cloud) -> None:
    cloud.trainer.failures = [TooManyTrainings("not begun", "two are going on")]
    with pytest.raises(TooManyTrainings):
        cloud.create()
    assert not cloud.versions.known
    assert cloud.known(cloud.create()).job_id == JOB.job_id


def test_the_job_tells_how_far_its_training_is_and_never_less(cloud: Cloud) -> None:
    version = cloud.create()
    told = []
    for percent in (None, 30, 10, 60):
        cloud.trainer.becomes(version.version, percent_done=percent)
        progress = cloud.check(version)
        told.append(cloud.jobs.records[JOB.job_id].done)
        assert not progress.done
    assert told == [0, 30, 30, 60]
    cloud.trained(version, 0.9)
    assert cloud.check(version).done
    assert cloud.jobs.records[JOB.job_id].done == 100


def test_a_version_that_was_deleted_while_it_was_waited_for_fails_the_job(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trainer.versions.clear()
    with pytest.raises(ModelFailed, match="it was deleted"):
        cloud.check(version)
    assert cloud.known(version).reason == "it was deleted"


def test_a_version_that_passes_the_gate_becomes_active_and_is_announced(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trained(version, 0.75)
    registered = cloud.register(version)
    assert (registered.active, registered.f1, registered.model.arn) == (True, 0.75, version.version_arn)
    assert cloud.projects.projects["cup"].active_model == registered.model
    record = cloud.jobs.records[JOB.job_id]
    assert (record.state, record.result) == (JobState.SUCCEEDED, f"s3://media/{training_prefix(JOB)}")
    (event,) = cloud.bus.events
    assert isinstance(event, TrainingCompleted)
    assert (event.active, event.reason, event.warnings, event.data.boxes) == (True, None, 1, 3)
    assert event.scores.labels[0].assumed_threshold == 40
    assert event.result.report == training_prefix(JOB) + REPORT
    known = cloud.known(version)
    assert known.scores == event.scores
    assert (known.finished_at, known.billable_seconds) == (LATER, 1800)


def test_a_training_is_billed_to_the_job_that_began_it(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.dataset(AGAIN)
    assert cloud.create(AGAIN) == version
    cloud.trained(version, 0.9)
    for each in (JOB, AGAIN):
        cloud.register(version, each)
    first, again = (cloud.kept(each).cost for each in (JOB, AGAIN))
    assert [(item.name, item.quantity, item.usd) for item in first.items] == [
        ("Rekognition Custom Labels, training", 0.5, 0.5)
    ]
    assert (again.estimated_usd, again.items) == (0, ())
    booked = {each.job_id: each.cost for each in cloud.spending.spendings(account_of(JOB))}
    assert booked == {JOB.job_id: first, AGAIN.job_id: again}


def test_a_version_below_the_gate_stays_listed_with_its_reason_and_the_active_one_stays(
    cloud: Cloud,
) -> None:
    good = cloud.create()
    cloud.trained(good, 0.9)
    active = cloud.register(good).model
    cloud.dataset(AGAIN, left=20)
    poor = cloud.create(AGAIN)
    cloud.trained(poor, 0.7499)
    assert not cloud.register(poor, AGAIN).active
    assert cloud.projects.projects["cup"].active_model == active
    reason = "its F1 of 0.749 is below 0.75, the least its project takes"
    assert cloud.known(poor).reason == reason
    kept = cloud.kept(AGAIN)
    assert (kept.active, kept.reason) == (False, reason)
    assert cloud.jobs.records[AGAIN.job_id].state is JobState.SUCCEEDED


def test_a_version_that_found_nothing_right_never_becomes_active_whatever_the_gate(cloud: Cloud) -> None:
    cloud.projects.projects["cup"] = FakeProject("cup", min_f1=0)
    useless = cloud.create()
    cloud.trained(useless, 0)

    assert not cloud.register(useless).active
    assert cloud.projects.projects["cup"].active_model is None
    assert cloud.kept(JOB).reason == "its F1 is 0: it found nothing right on its test pictures"


def test_a_version_tells_of_the_one_it_takes_the_place_of(cloud: Cloud) -> None:
    good = cloud.create()
    cloud.trained(good, 0.9)
    cloud.register(good)
    cloud.dataset(AGAIN, left=20)
    worse = cloud.create(AGAIN)
    cloud.trained(worse, 0.8)

    assert cloud.register(worse, AGAIN).active
    assert cloud.kept(JOB).replaced is None
    assert cloud.kept(AGAIN).replaced == ReplacedModel(version=good.version, f1=0.9)


def test_registering_twice_changes_nothing_the_second_time(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trained(version, 0.9)
    first = cloud.register(version)
    before = dict(cloud.versions.known), cloud.projects.projects["cup"], dict(cloud.media.objects)
    assert cloud.register(version, now=LATER + timedelta(hours=1)) == first
    assert before == (cloud.versions.known, cloud.projects.projects["cup"], cloud.media.objects)
    assert cloud.bus.detail_types == ["Training Completed"]


def test_a_job_that_was_canceled_activates_nothing(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trained(version, 0.9)
    cloud.jobs.finish(JOB.job_id, JobState.CANCELED, now=NOW)
    with pytest.raises(JobCanceled, match="CANCELED"):
        cloud.register(version)
    assert cloud.projects.projects["cup"].active_model is None
    assert not cloud.bus.events


def test_a_project_that_was_deleted_meanwhile_gets_no_model(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trained(version, 0.9)
    cloud.projects.delete("cup")
    with pytest.raises(UnknownProject, match="was deleted"):
        cloud.register(version)


def test_a_version_without_an_evaluation_is_not_used(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trainer.becomes(version.version, status="TRAINING_COMPLETED")
    with pytest.raises(ModelFailed, match="no evaluation"):
        cloud.register(version)


@pytest.fixture
def embedding(cloud: Cloud) -> Cloud:
    """The same, where the project's detector is the embedded one."""
    cloud.projects = FakeProjects(FakeProject("cup", detector="embedded", min_f1=0.75))
    return cloud


def trained_embedded(cloud: Cloud, version: VersionReference, f1: float, model: bytes = b"model") -> None:
    folder = f"{training_prefix(JOB)}evaluation/{version.version}/output/model/"
    for name, body in (("evaluation.json", summary(f1)), ("model.zip", model)):
        cloud.media.write(folder + name, body, content_type="application/octet-stream")
    cloud.embedded.becomes(
        version.version,
        status="TRAINING_COMPLETED",
        summary=ObjectLocation(bucket="media", key=f"{folder}evaluation.json"),
        artifact=ObjectLocation(bucket="media", key=f"{folder}model.zip"),
        billable_seconds=720,
    )


def test_a_project_of_the_embedded_detector_is_trained_by_its_service_alone(embedding: Cloud) -> None:
    version = embedding.create()
    assert version.detector == "embedded"
    assert (len(embedding.embedded.begun), embedding.trainer.begun) == (1, [])
    assert not embedding.check(version).done
    assert embedding.known(version).model.detector == "embedded"


def test_an_embedded_model_is_kept_with_its_checksum_and_passes_the_same_gate(embedding: Cloud) -> None:
    version = embedding.create()
    trained_embedded(embedding, version, 0.75)
    registered = embedding.register(version)
    assert registered.active
    assert registered.model.detector == "embedded"
    artifact = embedding.known(version).artifact
    assert artifact is not None
    assert artifact.sha256 == hashlib.sha256(b"model").hexdigest()
    assert embedding.registry.read(artifact) == b"model"
    cost = embedding.kept(JOB).cost
    assert [(item.name, item.quantity) for item in cost.items] == [
        ("SageMaker, training on ml.m5.xlarge", 0.2)
    ]


def test_an_embedded_model_below_the_gate_is_kept_and_not_used(embedding: Cloud) -> None:
    version = embedding.create()
    trained_embedded(embedding, version, 0.7)
    assert not embedding.register(version).active
    assert embedding.projects.projects["cup"].active_model is None
    assert str(embedding.known(version).reason).startswith("its F1 of 0.700 is below 0.75")
    assert embedding.known(version).artifact is not None


def test_an_embedded_model_that_was_deleted_is_kept_again_from_what_its_training_left(
    embedding: Cloud,
) -> None:
    version = embedding.create()
    trained_embedded(embedding, version, 0.9)
    embedding.register(version)
    embedding.registry.models.clear()
    embedding.dataset(AGAIN)
    assert embedding.create(AGAIN) == version
    embedding.register(version, AGAIN)
    artifact = embedding.known(version).artifact
    assert artifact is not None
    assert embedding.registry.read(artifact) == b"model"
    assert len(embedding.embedded.begun) == 1


def test_an_embedded_model_of_which_nothing_is_left_is_trained_anew(embedding: Cloud) -> None:
    version = embedding.create()
    trained_embedded(embedding, version, 0.9)
    embedding.register(version)
    left = embedding.embedded.version(version.project_arn, version.version)
    assert left is not None
    assert left.artifact is not None
    del embedding.media.objects[left.artifact.key]
    embedding.dataset(AGAIN)
    assert embedding.create(AGAIN).version == f"{version.version}-2"
    assert len(embedding.embedded.begun) == 2


def test_nothing_is_trained_for_a_project_that_was_deleted_meanwhile(cloud: Cloud) -> None:
    cloud.projects.delete("cup")
    with pytest.raises(UnknownProject, match="was deleted"):
        cloud.create()
    assert not cloud.trainer.begun
