"""What the pure code and the functions need from outside, as protocols; `brandlens.adapters` implements them.

Every adapter maps the SDK's errors to `brandlens.errors` (throttles to `Throttled`, 5xx and connection errors
to `ServiceUnavailable`, 403 to `AccessRefused`, a missing object to `ObjectNotFound`), the cause chained.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from brandlens.events import Event
from brandlens.inference import Units
from brandlens.job_pages import JobFilter, JobPage, Position
from brandlens.jobs import Job, JobError, JobKind, JobRecord, JobState, Milestone, Model
from brandlens.results import Detection
from brandlens.training.versions import ModelVersion, TrainedVersion


class ObjectStore(Protocol):
    """One bucket."""

    @property
    def bucket(self) -> str: ...
    def read(
        self, key: str, *, start: int = 0, length: int | None = None, version: str | None = None
    ) -> bytes:
        """Return `length` bytes from `start`, fewer at the object's end; `ObjectNotFound` when it is gone."""
        ...

    def size(self, key: str, *, version: str | None = None) -> int: ...
    def write(self, key: str, body: bytes, *, content_type: str) -> None: ...
    def create(self, key: str, body: bytes, *, content_type: str) -> bool:
        """Write an object where there is none; False when the key is taken, whose object is left as it is."""
        ...

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield keys below `prefix` in UTF-8 binary order, paging as needed."""
        ...

    def versions(self, prefix: str) -> Mapping[str, str]:
        """Return the newest version of each object below `prefix`, by its key and in the order of `keys`.

        That is its version id, or its ETag in its double quotes where the bucket keeps no versions.
        """
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
    def label_type(self) -> Literal["object", "concept"]: ...
    @property
    def detector(self) -> Literal["rekognition", "embedded"]: ...
    @property
    def min_f1(self) -> float:
        """The gate: the least F1, a fraction, with which a model version becomes active."""
        ...

    @property
    def active_model(self) -> Model | None: ...
    @property
    def created_at(self) -> datetime: ...


class ProjectStore(Protocol):
    def get(self, name: str) -> Project | None: ...
    def list(self) -> Sequence[Project]:
        """Every project, by name."""
        ...

    def create(
        self,
        name: str,
        labels: Sequence[str],
        *,
        label_type: Literal["object", "concept"],
        detector: Literal["rekognition", "embedded"],
        min_f1: float,
        now: datetime,
    ) -> None:
        """`AlreadyExists` when there is one of that name."""
        ...

    def change(self, name: str, *, labels: Sequence[str] | None = None, min_f1: float | None = None) -> None:
        """Change what is given; `NotFound` when there is no such project."""
        ...

    def delete(self, name: str) -> None: ...
    def set_active_model(self, name: str, model: Model) -> None:
        """`NotFound` when there is no such project."""
        ...


class JobStore(Protocol):
    """The jobs table. Every write is conditional: a terminal state is written once and never left."""

    def receive(self, job: Job, kind: JobKind) -> bool:
        """Record RECEIVED; False when the job is there already."""
        ...

    def started(self, job_id: str, execution_arn: str) -> None: ...
    def enter_step(self, job_id: str, step: str, *, total: int | None, now: datetime) -> None:
        """Make the job RUNNING at `step`, nothing done of `total`.

        A job that is at that step already keeps its progress; one that has ended is left alone.
        """
        ...

    def advance(self, job_id: str, by: int, *, now: datetime) -> None:
        """Add `by` to the current step's `done` (atomic, so parallel workers may call it)."""
        ...

    def finish(
        self,
        job_id: str,
        state: JobState,
        *,
        now: datetime,
        result: str | None = None,
        error: JobError | None = None,
    ) -> bool:
        """Write the terminal state; False when another has been written before."""
        ...

    def claim_announcement(self, job_id: str, milestone: Milestone, *, now: datetime) -> bool:
        """Take on announcing the milestone; False when it has been announced.

        `ServiceUnavailable` while another caller, who may yet die, has taken it on.
        """
        ...

    def announced(self, job_id: str, milestone: Milestone, *, now: datetime) -> None: ...
    def get(self, job_id: str) -> JobRecord | None: ...
    def newest(self, *, limit: int, project: str | None = None) -> Sequence[JobRecord]:
        """The newest jobs first, of one project or of all."""
        ...

    def oldest_unfinished(
        self, *, kind: JobKind | None = None, project: str | None = None
    ) -> JobRecord | None:
        """The job, of that kind and that project, that was received first of those that have not ended."""
        ...

    def page(self, asked: JobFilter, *, limit: int, after: Position | None = None) -> JobPage:
        """At most `limit` jobs that meet the filters, the newest first, from a position on.

        A page may be short, or empty, before the last one.
        """
        ...


class EventBus(Protocol):
    def publish(self, event: Event) -> None: ...


class Workflow(Protocol):
    def start(self, name: str, payload: Mapping[str, Any]) -> str:
        """Start the execution `name` and return its ARN; the ARN of the one that is there when it exists."""
        ...

    def cancel(self, execution_arn: str, *, reason: str) -> None: ...


class Detector(Protocol):
    """Finds labels in one picture. One contract for every detector."""

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        """Return what is found at `min_confidence` percent or more, in descending confidence.

        `image` is a JPEG or PNG of at most 4 MB and 64 to 4,096 pixels a side. Raises `Throttled`,
        `ModelNotReady`, `ServiceUnavailable`, `ModelFailed`; and of detectors that decode the picture
        themselves `CorruptMedia` and `MediaTooLarge`.
        """
        ...


class ModelControl(Protocol):
    """Starts and stops a detector's model where it has to run before it can be asked."""

    def status(self, model: Model) -> str:
        """One of Rekognition's project version states: `STOPPED`, `STARTING`, `RUNNING`, `STOPPING`."""
        ...

    def units(self, model: Model) -> int:
        """Return the inference units that the model was started with."""
        ...

    def start(self, model: Model, units: Units) -> bool:
        """Start the model; False when it was on its way or running already."""
        ...

    def stop(self, model: Model) -> None: ...


class Trainer(Protocol):
    """What trains model versions from manifests in S3."""

    def ensure_project(self, name: str) -> str:
        """Return the ARN of the service's project called `name`, made where it is missing."""
        ...

    def version(self, project_arn: str, name: str) -> TrainedVersion | None: ...
    def train(
        self,
        project_arn: str,
        name: str,
        *,
        bucket: str,
        train_manifest: str,
        test_manifest: str,
        output: str,
    ) -> str:
        """Begin a training and return the version's ARN.

        Manifests are keys in `bucket`; `output` is a prefix there for the evaluation. `TooManyTrainings`
        while the account may begin no other.
        """
        ...


class VersionStore(Protocol):
    """What is remembered of model versions, those that failed too."""

    def begin(self, version: ModelVersion) -> None:
        """Remember a version whose training has begun, unless it is known already."""
        ...

    def end(self, version: ModelVersion) -> None:
        """Remember what became of a version, in the place of what was known."""
        ...

    def get(self, model_arn: str) -> ModelVersion | None: ...
    def of_project(self, project: str) -> Sequence[ModelVersion]:
        """Every version of a project, the newest first."""
        ...


class KnownModel(Protocol):
    """A model of ours, as the models table knows it."""

    @property
    def model(self) -> Model: ...
    @property
    def project(self) -> str: ...
    @property
    def last_needed_at(self) -> datetime:
        """When a lease on it was last released; before that, when the first was taken."""
        ...

    @property
    def leases_taken(self) -> int:
        """How often a lease was taken or renewed; tells whether that happened in between."""
        ...

    @property
    def run_began(self) -> datetime | None:
        """When we last started it; None when its run, if it runs, is not ours."""
        ...

    @property
    def run_seen(self) -> bool:
        """Whether that run was seen running."""
        ...

    @property
    def frames_per_second(self) -> float | None:
        """What one inference unit looks at in a second; None before a job has measured it."""
        ...


class LeaseStore(Protocol):
    """Who needs a model to run. A lease ends when it is released or when it expires.

    A claim or a run that was begun keeps others out for a time longer than any function that stops or starts
    models may run, should the one who made it die.
    """

    def acquire(self, model: Model, job: Job, *, now: datetime, expires_at: datetime) -> bool:
        """Take or renew the job's lease, and remember the model as one that we lease.

        False when the model is being stopped at this moment: whatever its status says, it is about to end.
        """
        ...

    def renew(self, model_arn: str, job_id: str, *, now: datetime, expires_at: datetime) -> bool:
        """Make the job's lease last longer, one that has expired too.

        False when the model is being stopped at this moment, or the lease is gone: a released one stays so.
        """
        ...

    def release(self, model_arn: str, job_id: str, *, now: datetime) -> None: ...
    def live(self, model_arn: str, *, now: datetime) -> int: ...
    def held_by(self, job_id: str) -> Sequence[str]:
        """ARNs of the models the job holds leases on."""
        ...

    def known(self, model_arn: str) -> KnownModel | None:
        """The model; None before a lease was taken on it."""
        ...

    def models(self) -> Sequence[KnownModel]:
        """Every model that a lease was ever taken on."""
        ...

    def begin_run(self, model_arn: str, *, now: datetime) -> None:
        """Mark the model's next run as ours."""
        ...

    def see_run(self, known: KnownModel) -> None:
        """Remember that the run of ours was seen running."""
        ...

    def forget_run(self, known: KnownModel, *, now: datetime) -> None:
        """Take the mark off, unless a run was begun since `known` was read or a moment ago."""
        ...

    def claim_stop(self, known: KnownModel, *, now: datetime) -> bool:
        """Take on stopping the model.

        False when a lease was taken or renewed since `known` was read, or another has taken the stop on.
        """
        ...

    def stopped(self, model_arn: str, *, claimed_at: datetime) -> None:
        """End our run, and the claim made at `claimed_at`: the model may be started again."""
        ...

    def measured(self, model_arn: str, frames_per_second: float) -> None:
        """Remember what one inference unit looks at in a second."""
        ...


class StopScheduler(Protocol):
    """Asks for a look at a model once nobody needs it."""

    def schedule(self, model_arn: str, at: datetime) -> None:
        """Have the stop function look at the model at `at`; a later call for the same model replaces this."""
        ...
