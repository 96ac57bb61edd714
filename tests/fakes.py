"""In-memory implementations of the ports. The contract suites in `tests/unit/adapters` hold them to what the
adapters do."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Literal

from brandlens.errors import AlreadyExists, ModelFailed, NotFound, ObjectNotFound, ServiceUnavailable
from brandlens.events import Event
from brandlens.inference import Units
from brandlens.job_pages import JobFilter, JobPage, Place, Position, partitions_of
from brandlens.jobs import Job, JobError, JobKind, JobRecord, JobState, Milestone, Model
from brandlens.ports import KnownModel
from brandlens.results import Detection
from brandlens.training.files import artifact_key
from brandlens.training.versions import Artifact, ModelVersion, TrainedVersion


class FakeObjectStore:
    """A bucket without versions: an object's ETag is its content, quoted."""

    def __init__(self, bucket: str = "bucket") -> None:
        self.bucket = bucket
        self.objects: dict[str, bytes] = {}
        self.written: list[str] = []
        """Keys in the order they were written."""

    def read(
        self, key: str, *, start: int = 0, length: int | None = None, version: str | None = None
    ) -> bytes:
        body = self._body(key)
        return body[start:] if length is None else body[start : start + length]

    def size(self, key: str, *, version: str | None = None) -> int:
        return len(self._body(key))

    def write(self, key: str, body: bytes, *, content_type: str) -> None:
        self.objects[key] = body
        self.written.append(key)

    def create(self, key: str, body: bytes, *, content_type: str) -> bool:
        if key in self.objects:
            return False
        self.write(key, body, content_type=content_type)
        return True

    def keys(self, prefix: str) -> Iterator[str]:
        yield from sorted(
            (key for key in list(self.objects) if key.startswith(prefix)), key=lambda key: key.encode()
        )

    def versions(self, prefix: str) -> Mapping[str, str]:
        return {key: f'"{self.objects[key].hex()}"' for key in self.keys(prefix)}

    def delete_prefix(self, prefix: str) -> None:
        for key in list(self.keys(prefix)):
            del self.objects[key]

    def presigned_url(self, key: str, *, seconds: int, version: str | None = None) -> str:
        return f"https://{self.bucket}.example/{key}?signature=secret"

    def _body(self, key: str) -> bytes:
        if key not in self.objects:
            raise ObjectNotFound(f"{key!r} could not be read", "there is no such object")
        return self.objects[key]


@dataclass(frozen=True)
class FakeProject:
    name: str
    labels: Sequence[str] = ("Acme",)
    label_type: Literal["object", "concept"] = "object"
    detector: Literal["rekognition", "embedded"] = "rekognition"
    active_model: Model | None = None
    min_f1: float = 0.0
    created_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


class FakeProjects:
    def __init__(self, *projects: FakeProject) -> None:
        self.projects = {project.name: project for project in projects}

    def get(self, name: str) -> FakeProject | None:
        return self.projects.get(name)

    def list(self) -> Sequence[FakeProject]:
        return [self.projects[name] for name in sorted(self.projects)]

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
        if name in self.projects:
            raise AlreadyExists(f"project {name!r} was not created", "there is one of that name")
        self.projects[name] = FakeProject(
            name, tuple(labels), label_type, detector, min_f1=min_f1, created_at=now
        )

    def change(self, name: str, *, labels: Sequence[str] | None = None, min_f1: float | None = None) -> None:
        changes = {"labels": labels and tuple(labels), "min_f1": min_f1}
        self._set(name, **{field: value for field, value in changes.items() if value is not None})

    def delete(self, name: str) -> None:
        self.projects.pop(name, None)

    def set_active_model(self, name: str, model: Model) -> None:
        self._set(name, active_model=model)

    def _set(self, name: str, **changes: Any) -> None:
        if name not in self.projects:
            raise NotFound(f"project {name!r} was not changed", "there is no such project")
        self.projects[name] = replace(self.projects[name], **changes)


class FakeJobs:
    CLAIM = timedelta(seconds=20)

    def __init__(self) -> None:
        self.records: dict[str, JobRecord] = {}
        self._claims: dict[tuple[str, Milestone], datetime] = {}
        self._lock = Lock()

    def receive(self, job: Job, kind: JobKind) -> bool:
        if job.job_id in self.records:
            return False
        self.records[job.job_id] = JobRecord(
            job_id=job.job_id,
            project=job.project,
            kind=kind,
            state=JobState.RECEIVED,
            source=job.source,
            created_at=job.started_at,
            updated_at=job.started_at,
        )
        return True

    def started(self, job_id: str, execution_arn: str) -> None:
        self._change(job_id, execution_arn=execution_arn)

    def enter_step(self, job_id: str, step: str, *, total: int | None, now: datetime) -> None:
        record = self.records.get(job_id)
        if record and not record.state.is_terminal and record.step != step:
            self._change(job_id, state=JobState.RUNNING, step=step, done=0, total=total, updated_at=now)

    def advance(self, job_id: str, by: int, *, now: datetime) -> None:
        with self._lock:
            record = self.records.get(job_id)
            if record and record.state is JobState.RUNNING:
                self._change(job_id, done=(record.done or 0) + by, updated_at=now)

    def finish(
        self,
        job_id: str,
        state: JobState,
        *,
        now: datetime,
        result: str | None = None,
        error: JobError | None = None,
    ) -> bool:
        record = self.records.get(job_id)
        if record is None or record.state.is_terminal:
            return False
        self._change(job_id, state=state, finished_at=now, updated_at=now, result=result, error=error)
        return True

    def claim_announcement(self, job_id: str, milestone: Milestone, *, now: datetime) -> bool:
        record = self.records[job_id]
        if getattr(record, f"{milestone}_announced_at") is not None:
            return False
        claimed = self._claims.get((job_id, milestone))
        if claimed is not None and claimed >= now - self.CLAIM:
            raise ServiceUnavailable(f"job {job_id} is not announced yet", "another caller is announcing it")
        self._claims[job_id, milestone] = now
        return True

    def announced(self, job_id: str, milestone: Milestone, *, now: datetime) -> None:
        self._change(job_id, **{f"{milestone}_announced_at": now})

    def get(self, job_id: str) -> JobRecord | None:
        return self.records.get(job_id)

    def newest(self, *, limit: int, project: str | None = None) -> Sequence[JobRecord]:
        records = [record for record in self.records.values() if project in (None, record.project)]
        return sorted(records, key=lambda record: record.created_at, reverse=True)[:limit]

    def page(self, asked: JobFilter, *, limit: int, after: Position | None = None) -> JobPage:
        met = [
            record
            for record in self.newest(limit=len(self.records))
            if asked.project in (None, record.project)
            and asked.kind in (None, record.kind)
            and (not asked.states or record.state in asked.states)
            and (asked.since is None or asked.since <= record.created_at)
            and (asked.until is None or record.created_at < asked.until)
        ]
        # A job stands for the place that every partition was left at.
        left = next(iter((after or {}).values()), None)
        begin = 1 + [record.job_id for record in met].index(left.job_id) if left else 0
        page = met[begin : begin + limit]
        if begin + limit >= len(met):
            return JobPage(page, None)
        place = Place(job_id=page[-1].job_id, created_at=page[-1].created_at.isoformat())
        return JobPage(page, dict.fromkeys(partitions_of(asked), place))

    def _change(self, job_id: str, **changes: Any) -> None:
        self.records[job_id] = self.records[job_id].model_copy(update=changes)


@dataclass
class FakeBus:
    """`failures` are raised, one a call, before anything is published."""

    events: list[Event] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def publish(self, event: Event) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.events.append(event)

    @property
    def detail_types(self) -> list[str]:
        return [event.detail_type for event in self.events]


@dataclass
class FakeWorkflow:
    executions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)

    def start(self, name: str, payload: Mapping[str, Any]) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.executions.setdefault(name, payload)
        return f"arn:aws:states:eu-west-1:123456789012:execution:analysis:{name}"

    def cancel(self, execution_arn: str, *, reason: str) -> None:
        self.executions.pop(execution_arn.rpartition(":")[2])


@dataclass(frozen=True)
class FakeKnownModel:
    model: Model
    project: str
    last_needed_at: datetime
    leases_taken: int
    run_began: datetime | None = None
    run_seen: bool = False
    frames_per_second: float | None = None


def _at_once() -> None:
    """Let nobody in between two steps."""


class FakeLeases:
    """`between` is called between two writes of one call, where others may come in."""

    CLAIM = timedelta(minutes=3)

    def __init__(self, between: Callable[[], None] = _at_once) -> None:
        self.leases: dict[tuple[str, str], datetime] = {}
        self.items: dict[str, FakeKnownModel] = {}
        self.stopping: dict[str, datetime] = {}
        self._between = between

    def acquire(self, model: Model, job: Job, *, now: datetime, expires_at: datetime) -> bool:
        self.leases[model.arn, job.job_id] = expires_at
        self._between()
        self.items.setdefault(model.arn, FakeKnownModel(model, job.project, now, 0))
        self._change(model.arn, model=model, project=job.project)
        return self._need(model.arn, now)

    def renew(self, model_arn: str, job_id: str, *, now: datetime, expires_at: datetime) -> bool:
        if (model_arn, job_id) not in self.leases:
            return False
        self.leases[model_arn, job_id] = expires_at
        self._between()
        return self._need(model_arn, now)

    def _need(self, model_arn: str, now: datetime) -> bool:
        taken = self.items[model_arn].leases_taken
        self._change(model_arn, leases_taken=taken + 1)
        return not self._claimed(model_arn, now)

    def _claimed(self, model_arn: str, now: datetime) -> bool:
        return model_arn in self.stopping and self.stopping[model_arn] >= now - self.CLAIM

    def _change(self, model_arn: str, **changes: Any) -> None:
        self.items[model_arn] = replace(self.items[model_arn], **changes)

    def release(self, model_arn: str, job_id: str, *, now: datetime) -> None:
        self.leases.pop((model_arn, job_id), None)
        self._between()
        if model_arn in self.items and self.items[model_arn].last_needed_at < now:
            self._change(model_arn, last_needed_at=now)

    def live(self, model_arn: str, *, now: datetime) -> int:
        return sum(arn == model_arn and until > now for (arn, _), until in self.leases.items())

    def held_by(self, job_id: str) -> Sequence[str]:
        return [arn for arn, holder in self.leases if holder == job_id]

    def known(self, model_arn: str) -> FakeKnownModel | None:
        return self.items.get(model_arn)

    def models(self) -> Sequence[FakeKnownModel]:
        return list(self.items.values())

    def begin_run(self, model_arn: str, *, now: datetime) -> None:
        self._change(model_arn, run_began=now, run_seen=False)

    def see_run(self, known: KnownModel) -> None:
        if known.run_began is not None and self._same_run(known):
            self._change(known.model.arn, run_seen=True)

    def forget_run(self, known: KnownModel, *, now: datetime) -> None:
        if known.run_began is not None and known.run_began < now - self.CLAIM and self._same_run(known):
            self._change(known.model.arn, run_began=None)

    def _same_run(self, known: KnownModel) -> bool:
        return self.items[known.model.arn].run_began == known.run_began

    def claim_stop(self, known: KnownModel, *, now: datetime) -> bool:
        arn = known.model.arn
        if self.items[arn].leases_taken != known.leases_taken or self._claimed(arn, now):
            return False
        self.stopping[arn] = now
        return True

    def stopped(self, model_arn: str, *, claimed_at: datetime) -> None:
        if self.stopping.get(model_arn) == claimed_at:
            del self.stopping[model_arn]
            self._change(model_arn, run_began=None)

    def measured(self, model_arn: str, frames_per_second: float) -> None:
        self._change(model_arn, frames_per_second=frames_per_second)


@dataclass
class FakeModels:
    """A `ModelControl` whose models are STARTING and STOPPING until `status_of` says otherwise."""

    status_of: dict[str, str] = field(default_factory=dict)
    started: list[tuple[str, Units]] = field(default_factory=list)

    def status(self, model: Model) -> str:
        if model.arn not in self.status_of:
            raise NotFound(f"model {model.arn} has no status", "there is no such model")
        return self.status_of[model.arn]

    def units(self, model: Model) -> int:
        return next((units.least for arn, units in reversed(self.started) if arn == model.arn), 1)

    def start(self, model: Model, units: Units) -> bool:
        if self.status_of[model.arn] in ("STARTING", "RUNNING"):
            return False
        self.status_of[model.arn] = "STARTING"
        self.started.append((model.arn, units))
        return True

    def stop(self, model: Model) -> None:
        self.status_of[model.arn] = "STOPPING"


@dataclass
class FakeDetector:
    """Finds what `finds` says of a picture; raises `failures` first, one a call."""

    finds: Mapping[bytes, tuple[Detection, ...]] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    asked: list[tuple[bytes, float]] = field(default_factory=list)

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        if self.failures:
            raise self.failures.pop(0)
        self.asked.append((image, min_confidence))
        return self.finds.get(image, ())


@dataclass
class FakeTrainer:
    """A `Trainer` whose trainings end when a test says so; raises `failures` first, one a training."""

    versions: dict[tuple[str, str], TrainedVersion] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    begun: list[tuple[str, ...]] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    def ensure_project(self, name: str) -> str:
        return f"arn:aws:rekognition:eu-west-1:123456789012:project/{name}/1"

    def version(self, project_arn: str, name: str) -> TrainedVersion | None:
        return self.versions.get((project_arn, name))

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
        if self.failures:
            raise self.failures.pop(0)
        arn = f"{project_arn.rpartition('/')[0]}/version/{name}/1"
        self.versions[project_arn, name] = TrainedVersion(
            arn=arn, name=name, status="TRAINING_IN_PROGRESS", message="The model is being trained."
        )
        self.begun.append((bucket, train_manifest, test_manifest, output))
        return arn

    def stop(self, version_arn: str) -> None:
        self.stopped.append(version_arn)

    def becomes(self, name: str, **changes: Any) -> None:
        """Have the service say something else of the version of that name."""
        ((key, version),) = [item for item in self.versions.items() if item[0][1] == name]
        self.versions[key] = version.model_copy(update=changes)


class FakeVersions:
    def __init__(self) -> None:
        self.known: dict[str, ModelVersion] = {}

    def begin(self, version: ModelVersion) -> None:
        self.known.setdefault(version.model.arn, version)

    def end(self, version: ModelVersion) -> None:
        self.known[version.model.arn] = version

    def get(self, model_arn: str) -> ModelVersion | None:
        return self.known.get(model_arn)

    def of_project(self, project: str) -> Sequence[ModelVersion]:
        versions = [version for version in self.known.values() if version.project == project]
        return sorted(versions, key=lambda version: version.created_at, reverse=True)


class FakeRegistry:
    """A `ModelRegistry`."""

    def __init__(self) -> None:
        self.models: dict[str, bytes] = {}

    def keep(self, project: str, version: str, model: bytes) -> Artifact:
        key = artifact_key(project, version)
        self.models[key] = model
        return Artifact(bucket="results", key=key, sha256=hashlib.sha256(model).hexdigest())

    def holds(self, artifact: Artifact) -> bool:
        return hashlib.sha256(self.models.get(artifact.key, b"")).hexdigest() == artifact.sha256

    def read(self, artifact: Artifact) -> bytes:
        model = self.models.get(artifact.key, b"")
        if hashlib.sha256(model).hexdigest() != artifact.sha256:
            raise ModelFailed(f"the model {artifact.key} is refused", "it is not the one that was kept")
        return model


@dataclass
class FakeStops:
    at: dict[str, datetime] = field(default_factory=dict)

    def schedule(self, model_arn: str, at: datetime) -> None:
        self.at[model_arn] = at
