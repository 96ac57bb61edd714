"""What is remembered of training jobs. Times are aware UTC."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from local.services.aws_json.store import Record

Status = Literal["InProgress", "Completed", "Failed", "Stopping", "Stopped"]
Secondary = Literal[
    "Starting",
    "Downloading",
    "Training",
    "Uploading",
    "Stopping",
    "Stopped",
    "MaxRuntimeExceeded",
    "Completed",
    "Failed",
    "Restarting",
]


class Transition(BaseModel):
    """From when to when a secondary status held."""

    model_config = ConfigDict(frozen=True)

    status: Secondary
    began: datetime
    ended: datetime | None = None


class TrainingJobRecord(Record):
    """`request` is what CreateTrainingJob was given. `attempts` counts the starts of its program.

    `training_began` and `training_ended` bound what would be billed.
    """

    name: str
    status: Status
    transitions: tuple[Transition, ...]
    request: dict[str, Any]
    attempts: int = 0
    training_began: datetime | None = None
    training_ended: datetime | None = None
    failure_reason: str | None = None

    @property
    def secondary(self) -> Secondary:
        return self.transitions[-1].status

    @property
    def most_seconds(self) -> int:
        """How long the program may run: a day where the request does not say, as on AWS."""
        return int(self.request["StoppingCondition"].get("MaxRuntimeInSeconds", 86_400))

    @property
    def most_attempts(self) -> int:
        return 1 + int(self.request.get("RetryStrategy", {}).get("MaximumRetryAttempts", 0))

    @property
    def model_uri(self) -> str:
        """Where the model comes to: a folder, or one archive unless the request wants none."""
        output = self.request["OutputDataConfig"]
        folder = f"{output['S3OutputPath'].rstrip('/')}/{self.name}/output/model"
        return folder if output.get("CompressionType") == "NONE" else f"{folder}.tar.gz"
