"""Projects in memory. The contract suites in `tests/unit/adapters` hold it to its port."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from brandlens.errors import AlreadyExists, NotFound
from brandlens.jobs import Model


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
