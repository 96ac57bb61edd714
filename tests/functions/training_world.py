"""A dataset whose training a test has end, and the functions that train on it."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from brandlens.jobs import DetectorName, Job
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
