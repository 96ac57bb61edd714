"""The events brandlens publishes on its results bus (source `brandlens`), one model for each detail-type."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from brandlens.jobs import JobError, Source, Value
from brandlens.results import BrandSummary
from brandlens.training.scores import DataCounts, ModelScores

SOURCE = "brandlens"
SCHEMA_VERSION: Final = "1.0"


class Event(Value):
    """What every event carries."""

    detail_type: ClassVar[str]
    schema_version: Literal["1.0"] = SCHEMA_VERSION
    occurred_at: datetime


class JobEvent(Event):
    """An event about a job: which one, for which project, about which object."""

    job_id: str
    project: str
    source: Source


class ResultLocation(Value):
    bucket: str
    prefix: str
    analysis: str
    """Key of `analysis.json`."""


class AnalysisStarted(JobEvent):
    detail_type: ClassVar[str] = "Analysis Started"


class AnalysisCompleted(JobEvent):
    detail_type: ClassVar[str] = "Analysis Completed"
    brands: tuple[BrandSummary, ...]
    duration_seconds: float | None
    result: ResultLocation
    estimated_usd: float
    warnings: int


class AnalysisFailed(JobEvent):
    detail_type: ClassVar[str] = "Analysis Failed"
    state: Literal["FAILED", "REJECTED", "CANCELED"]
    error: JobError


class TrainingStarted(JobEvent):
    """A batch was taken in; `annotated` is whether labels came with it, else people are asked for them."""

    detail_type: ClassVar[str] = "Training Started"
    labels: tuple[str, ...]
    type: Literal["object", "concept"]
    annotated: bool


class TrainingLocation(Value):
    """Where a training's files lie: manifests, evaluation and, by its key, the report on its data."""

    bucket: str
    prefix: str
    report: str


class TrainingCompleted(JobEvent):
    """A model version was trained and measured.

    `active` is whether the project's analyses use it from now on; `reason` says why not, else it is null.
    """

    detail_type: ClassVar[str] = "Training Completed"
    model_arn: str
    version: str
    active: bool
    reason: str | None
    scores: ModelScores
    data: DataCounts
    result: TrainingLocation
    warnings: int


class TrainingFailed(JobEvent):
    detail_type: ClassVar[str] = "Training Failed"
    state: Literal["FAILED", "REJECTED", "CANCELED"]
    error: JobError


class LabelingEvent(JobEvent):
    """People were asked to label: in which labeling job, what kind of task, and how many items."""

    labeling_job: str
    task: Literal["video", "image", "concept"]
    items: int


class LabelingRequested(LabelingEvent):
    detail_type: ClassVar[str] = "Labeling Requested"


class LabelingCompleted(LabelingEvent):
    """`output_manifest` is the `s3://` URI of the labels."""

    detail_type: ClassVar[str] = "Labeling Completed"
    output_manifest: str


class LabelingFailed(LabelingEvent):
    detail_type: ClassVar[str] = "Labeling Failed"
    error: JobError


class ModelEvent(Event):
    """A model changed state: for a job, or for none (null fields) when it stops because it is idle."""

    job_id: str | None
    project: str | None
    source: Source | None
    model_arn: str


class ModelStarted(ModelEvent):
    detail_type: ClassVar[str] = "Model Started"
    inference_units: int


class ModelStopped(ModelEvent):
    detail_type: ClassVar[str] = "Model Stopped"


PUBLISHED: tuple[type[Event], ...] = (
    AnalysisStarted,
    AnalysisCompleted,
    AnalysisFailed,
    TrainingStarted,
    TrainingCompleted,
    TrainingFailed,
    LabelingRequested,
    LabelingCompleted,
    LabelingFailed,
    ModelStarted,
    ModelStopped,
)
"""Every event with a schema in `schemas/`."""
