"""What a job is: its identity, its states and the references every function is handed."""

import base64
import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class JobState(StrEnum):
    RECEIVED = "RECEIVED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    REJECTED = "REJECTED"
    CANCELED = "CANCELED"

    @property
    def is_terminal(self) -> bool:
        return self not in (JobState.RECEIVED, JobState.RUNNING)


JobKind = Literal["analysis", "training"]
DetectorName = Literal["rekognition", "embedded"]
Milestone = Literal["started", "ended"]
"""What of a job's life is announced on the results bus, each once."""
MediaFormat = Literal["jpeg", "png", "mov"]
"""What a file's first bytes say it is; `mov` is FFmpeg's name for the MP4, M4V and MOV family."""


class Source(Value):
    """One version of one dropped object.

    `version` is the S3 version id, or the ETag in its double quotes where the bucket keeps no versions.
    """

    bucket: str
    key: str
    version: str


class Model(Value):
    """The model a job is pinned to when it is received. `min_confidence` is in percent."""

    detector: DetectorName
    arn: str
    version: str
    min_confidence: float = Field(ge=0, le=100)


class Job(Value):
    """The reference that travels through the state machines: who the work is for, never the work itself.

    A training looks at its batch file by file: then `source` is that file, `part` its number in the batch.
    """

    job_id: str
    project: str
    source: Source
    started_at: datetime
    part: str | None = Field(default=None, pattern=r"^[0-9]+$")


class JobError(Value):
    """Why a job ended without a result, for people (`message`) and programs (`code`)."""

    code: str
    message: str
    retryable: bool


class JobRecord(Value):
    """One item of the jobs table."""

    job_id: str
    project: str
    kind: JobKind
    state: JobState
    source: Source
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None = None
    step: str | None = None
    done: int | None = None
    total: int | None = None
    error: JobError | None = None
    result: str | None = None
    """Location of the finished result, `s3://bucket/prefix/`."""
    execution_arn: str | None = None
    started_announced_at: datetime | None = None
    ended_announced_at: datetime | None = None


def job_id_for(source: Source) -> str:
    """Derive the id of the job that a dropped object starts.

    The same object version delivered twice gives the same id; a new version gives a new one. 32 characters
    of `[a-z2-7]` (160 bits of SHA-256), so it can name a Step Functions execution (at most 80 characters).
    """
    identity = "\0".join((source.bucket, source.key, source.version)).encode()
    return base64.b32encode(hashlib.sha256(identity).digest()[:20]).decode().lower()


def result_prefix(job: Job) -> str:
    """Key prefix of a job's results and of its working files, each in its own bucket.

    One file of a training has a prefix of its own, below its job's.
    """
    whole = f"{job.project}/{job.job_id}/"
    return whole if job.part is None else f"{whole}parts/{job.part}/"
