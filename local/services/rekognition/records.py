"""What the service remembers, as values. Times are aware UTC."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from local.services.aws_json.store import Record

Status = Literal[
    "TRAINING_IN_PROGRESS",
    "TRAINING_COMPLETED",
    "TRAINING_FAILED",
    "STARTING",
    "RUNNING",
    "FAILED",
    "STOPPING",
    "STOPPED",
    "DELETING",
]


class S3Object(BaseModel):
    """A manifest or picture, named as the API names it."""

    model_config = ConfigDict(frozen=True)

    Bucket: str
    Name: str
    Version: str | None = None


class ProjectRecord(Record):
    name: str


class DatasetRecord(Record):
    project_arn: str
    type: Literal["TRAIN", "TEST"]
    updated_at: datetime
    status: str
    status_message: str


class Evaluation(BaseModel):
    """How a model did on its test pictures. Thresholds are confidences in percent, one for each label."""

    model_config = ConfigDict(frozen=True)

    f1: float
    thresholds: dict[str, float]
    summary: S3Object
    billable_seconds: int


class VersionRecord(Record):
    """`status` holds since `since`; `lifecycle` says what it turns into by itself."""

    project_arn: str
    name: str
    status: Status
    since: datetime
    status_message: str
    description: str | None = None
    output_bucket: str
    output_prefix: str
    train_manifests: tuple[S3Object, ...] = ()
    test_manifests: tuple[S3Object, ...] = ()
    split_test_off: bool = False
    attempts: int = 0
    trained_at: datetime | None = None
    evaluation: Evaluation | None = None
    min_units: int | None = None
    max_units: int | None = None
