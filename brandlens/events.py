"""The events brandlens publishes on its results bus (source `brandlens`), one model for each detail-type."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from brandlens.jobs import JobError, Source, Value
from brandlens.results import BrandSummary

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


class TrainingFailed(JobEvent):
    detail_type: ClassVar[str] = "Training Failed"
    state: Literal["FAILED", "REJECTED", "CANCELED"]
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
    TrainingFailed,
    ModelStarted,
    ModelStopped,
)
"""Every event with a schema in `schemas/`."""
