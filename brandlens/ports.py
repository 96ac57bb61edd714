"""What the pure code and the functions need from outside, as protocols; `brandlens.adapters` implements them.

Every adapter maps the SDK's errors to `brandlens.errors` (throttles to `Throttled`, 5xx and connection errors to
`ServiceUnavailable`, 403 to `AccessRefused`, a missing object to `ObjectNotFound`), with the cause chained.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from brandlens.events import JobEvent
from brandlens.jobs import Job, JobError, JobKind, JobRecord, JobState, Model
from brandlens.results import Detection


class ObjectStore(Protocol):
    """One bucket."""

    @property
    def bucket(self) -> str: ...
    def read(self, key: str, *, start: int = 0, length: int | None = None, version: str | None = None) -> bytes:
        """Return `length` bytes from `start`, fewer at the object's end; `ObjectNotFound` when it is gone."""
        ...

    def size(self, key: str, *, version: str | None = None) -> int: ...
    def write(self, key: str, body: bytes, *, content_type: str) -> None: ...
    def keys(self, prefix: str) -> Iterator[str]:
        """Yield keys below `prefix` in UTF-8 binary order, paging as needed."""
        ...

    def delete_prefix(self, prefix: str) -> None: ...
    def presigned_url(self, key: str, *, seconds: int, version: str | None = None) -> str:
        """A URL that reads the object with HTTP range requests for `seconds`. A credential: never log it."""
        ...


class Project(Protocol):
    """An item of the projects table."""

    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> Sequence[str]: ...
    @property
    def active_model(self) -> Model | None: ...


class ProjectStore(Protocol):
    def get(self, name: str) -> Project | None: ...


class JobStore(Protocol):
    """The jobs table. Every write is conditional: a terminal state is written once and never left."""

    def receive(self, job: Job, kind: JobKind) -> bool:
        """Record RECEIVED; False when the job is there already."""
        ...

    def started(self, job_id: str, execution_arn: str) -> None: ...
    def progress(self, job_id: str, step: str, *, done: int, total: int | None, now: datetime) -> None:
        """Make the job RUNNING at `step`. A job that has ended is left alone."""
        ...

    def advance(self, job_id: str, by: int, *, now: datetime) -> None:
        """Add `by` to the current step's `done` (atomic, so parallel workers may call it)."""
        ...

    def finish(
        self, job_id: str, state: JobState, *, now: datetime, result: str | None = None, error: JobError | None = None
    ) -> bool:
        """Write the terminal state; False when another has been written before."""
        ...

    def get(self, job_id: str) -> JobRecord | None: ...


class EventBus(Protocol):
    def publish(self, event: JobEvent) -> None: ...


class Workflow(Protocol):
    def start(self, name: str, payload: Mapping[str, Any]) -> str:
        """Start the execution `name` and return its ARN; the ARN of the one that is there when it exists."""
        ...


class Detector(Protocol):
    """Finds labels in one picture. One contract for every detector."""

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        """Return what is found at `min_confidence` percent or more, in descending confidence.

        `image` is a JPEG or PNG of at most 4 MB and 64 to 4,096 pixels a side. Raises `Throttled`,
        `ModelNotReady`, `ServiceUnavailable`, `ModelFailed`.
        """
        ...


class ModelControl(Protocol):
    """Starts and stops a detector's model where it has to run before it can be asked."""

    def status(self, model: Model) -> str:
        """One of Rekognition's project version states, such as `STOPPED`, `STARTING`, `RUNNING`, `STOPPING`."""
        ...

    def start(self, model: Model, *, inference_units: int) -> None: ...
    def stop(self, model: Model) -> None: ...


class LeaseStore(Protocol):
    """Who needs a model to run. A lease ends when it is released or when it expires."""

    def acquire(self, model_arn: str, job_id: str, *, expires_at: datetime) -> None: ...
    def release(self, model_arn: str, job_id: str) -> None: ...
    def live(self, model_arn: str, *, now: datetime) -> int: ...
    def held_by(self, job_id: str) -> Sequence[str]:
        """ARNs of the models the job holds leases on."""
        ...


