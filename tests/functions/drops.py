"""A drop folder, and what `ingest` makes of the objects dropped into it."""

from dataclasses import dataclass, field
from typing import Any

from aws_lambda_powertools.utilities.parser.models import S3EventNotificationEventBridgeModel

from brandlens.jobs import JobRecord
from functions.ingest.handler import Deps, Ingested, handle
from tests.fakes.jobs import FakeJobs
from tests.fakes.objects import FakeObjectStore
from tests.fakes.projects import FakeProject, FakeProjects
from tests.fakes.workflows import FakeBus, FakeWorkflow
from tests.jobs import MODEL, NOW


@dataclass
class Cloud:
    media: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("media"))
    projects: FakeProjects = field(
        default_factory=lambda: FakeProjects(FakeProject("cup", active_model=MODEL), FakeProject("new"))
    )
    jobs: FakeJobs = field(default_factory=FakeJobs)
    bus: FakeBus = field(default_factory=FakeBus)
    workflow: FakeWorkflow = field(default_factory=FakeWorkflow)
    training: FakeWorkflow = field(default_factory=FakeWorkflow)

    def deliver(self, delivered: dict[str, Any], *, now: Any = NOW) -> Ingested:
        deps = Deps(self.media, self.projects, self.jobs, self.bus, self.workflow, self.training)
        return handle(S3EventNotificationEventBridgeModel.model_validate(delivered), deps, now=now)

    def drop(self, key: str, content: bytes, delivered: dict[str, Any], **changes: Any) -> Ingested:
        self.media.write(key, content, content_type="")
        return self.deliver(about(delivered, key, size=len(content), **changes))

    @property
    def only_job(self) -> JobRecord:
        (record,) = self.jobs.records.values()
        return record


def about(delivered: dict[str, Any], key: str, *, size: int = 1, **changes: Any) -> dict[str, Any]:
    dropped = {**delivered["detail"]["object"], "key": key, "size": size, **changes}
    return {**delivered, "detail": {**delivered["detail"], "object": dropped}}
