"""Leases in memory. The contract suites in `tests/unit/adapters` hold it to its port."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from brandlens.jobs import Job, Model
from brandlens.ports import KnownModel


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
