"""What taking in needs from outside."""

from dataclasses import dataclass

from brandlens.ports import EventBus, JobStore, ObjectStore, ProjectStore, Workflow


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    projects: ProjectStore
    jobs: JobStore
    bus: EventBus
    analysis: Workflow
    training: Workflow
