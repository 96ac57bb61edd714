"""An event bus, a workflow and scheduled stops that only note what they are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from brandlens.events import Event


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


@dataclass
class FakeStops:
    at: dict[str, datetime] = field(default_factory=dict)

    def schedule(self, model_arn: str, at: datetime) -> None:
        self.at[model_arn] = at
