"""Model versions: what their service says of them, what is remembered of them, and which becomes active."""

import math
from datetime import datetime

from pydantic import Field

from brandlens.jobs import DetectorName, Model, Value
from brandlens.results import Cost
from brandlens.training.scores import DataCounts, ModelScores


class ObjectLocation(Value):
    bucket: str
    key: str


class Artifact(Value):
    """An embedded model as it is kept. `sha256` is of its bytes, in hexadecimal digits."""

    bucket: str
    key: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class VersionReference(Value):
    """Which model version a training gives, or has given.

    `project_arn` is Rekognition's project, or what begins the names of the project's training jobs.
    `version_arn` is Rekognition's version, or the training job.
    """

    detector: DetectorName
    project_arn: str
    version_arn: str
    version: str


class TrainedVersion(Value):
    """A model version as its service describes it. `status` is one of Rekognition's; `f1` is a fraction.

    `percent_done` is how far its training is, where the service tells. `summary` is where the evaluation
    lies, once there is one, and `artifact` where the model does, if it is ours to keep; `billable_seconds` is
    what the training took.
    """

    arn: str
    name: str
    status: str
    message: str
    percent_done: int | None = None
    f1: float | None = None
    summary: ObjectLocation | None = None
    artifact: ObjectLocation | None = None
    billable_seconds: int | None = None


class ModelVersion(Value):
    """What is remembered of a model version: `scores` once it is trained, `reason` why it was not activated.

    `finished_at` is when it was registered, or its training failed. `job_id` is the job that began it.
    `artifact` is where an embedded model is kept.
    """

    model: Model
    project: str
    job_id: str
    created_at: datetime
    finished_at: datetime | None = None
    scores: ModelScores | None = None
    reason: str | None = None
    billable_seconds: int | None = Field(default=None, ge=0)
    artifact: Artifact | None = None


class ReplacedModel(Value):
    """The version that another one takes the place of, and the F1 it reached on its own test pictures."""

    version: str
    f1: float


class TrainedModel(Value):
    """What a training came to, kept beside its dataset; `cost` is of labeling and training together.

    `replaced` is what the project used before, where this version is active and that one's score is known.
    """

    model: Model
    active: bool
    reason: str | None
    replaced: ReplacedModel | None = None
    scores: ModelScores
    data: DataCounts
    warnings: int
    cost: Cost


def gate_reason(f1: float, min_f1: float) -> str | None:
    """Say why a version that reached `f1` may not become active under the gate `min_f1`; None if it may.

    One that found nothing right never may.
    """
    if f1 == 0:
        return "its F1 is 0: it found nothing right on its test pictures"
    if f1 >= min_f1:
        return None
    # Rounded down: an F1 of 0.7499 is not one of 0.75.
    return f"its F1 of {math.floor(f1 * 1000) / 1000:.3f} is below {min_f1:g}, the least its project takes"
