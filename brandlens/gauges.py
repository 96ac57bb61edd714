"""What is looked at every few minutes, for alarms: how old jobs are, which models run, what is spent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from brandlens.cost.budget import Account, month_of
from brandlens.cost.ports import SpendingLedger
from brandlens.errors import NotFound
from brandlens.jobs import JobKind, Model
from brandlens.ports import JobStore, LeaseStore, ModelControl, ProjectStore


class GaugeName(StrEnum):
    """The names of the metrics."""

    OLDEST_ANALYSIS = "OldestAnalysisSeconds"
    OLDEST_TRAINING = "OldestTrainingSeconds"
    RUNNING_MODELS = "RunningModels"
    IDLE_MODELS = "IdleModels"
    MONTH_SPENT = "MonthSpentUsd"


class Gauge(NamedTuple):
    """One metric; `unit` is CloudWatch's word, `None` for amounts of money."""

    name: GaugeName
    unit: Literal["Seconds", "Count", "None"]
    value: float


@dataclass(frozen=True)
class Gauged:
    """What is looked at."""

    jobs: JobStore
    models: ModelControl
    leases: LeaseStore
    projects: ProjectStore
    spending: SpendingLedger


def read_gauges(gauged: Gauged, *, now: datetime) -> tuple[Gauge, ...]:
    """Look at everything once. What is spent is that of the month of `now` (UTC), with what is reserved.

    Models are those that projects use and those that we started, whoever runs them. An idle one runs and is
    leased by no job.
    """
    running = list(_running(gauged))
    idle = [model for model in running if not gauged.leases.live(model.arn, now=now)]
    return (
        Gauge(GaugeName.OLDEST_ANALYSIS, "Seconds", _age(gauged.jobs, "analysis", now)),
        Gauge(GaugeName.OLDEST_TRAINING, "Seconds", _age(gauged.jobs, "training", now)),
        Gauge(GaugeName.RUNNING_MODELS, "Count", len(running)),
        Gauge(GaugeName.IDLE_MODELS, "Count", len(idle)),
        Gauge(GaugeName.MONTH_SPENT, "None", float(_spent(gauged, month_of(now)))),
    )


def _age(jobs: JobStore, kind: JobKind, now: datetime) -> float:
    """How long the oldest job that has not ended has taken, 0 where there is none."""
    oldest = jobs.oldest_unfinished(kind=kind)
    return 0.0 if oldest is None else max((now - oldest.created_at).total_seconds(), 0.0)


def _running(gauged: Gauged) -> Iterator[Model]:
    used = [project.active_model for project in gauged.projects.list() if project.active_model]
    started = [known.model for known in gauged.leases.models() if known.run_began is not None]
    by_arn = {model.arn: model for model in (*used, *started) if model.detector == "rekognition"}
    for model in by_arn.values():
        try:
            status = gauged.models.status(model)
        except NotFound:
            continue
        if status == "RUNNING":
            yield model


def _spent(gauged: Gauged, month: str) -> Decimal:
    accounts = (Account(project=project, month=month) for project in gauged.spending.projects(month))
    return sum((gauged.spending.total(account) for account in accounts), Decimal(0))
