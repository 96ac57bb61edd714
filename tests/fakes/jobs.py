"""The table of jobs in memory. The contract suites in `tests/unit/adapters` hold it to its port."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from brandlens.errors import ServiceUnavailable
from brandlens.job_pages import JobFilter, JobPage, Place, Position, partitions_of
from brandlens.jobs import Job, JobError, JobKind, JobRecord, JobState, Milestone


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

    def oldest_unfinished(
        self, *, kind: JobKind | None = None, project: str | None = None
    ) -> JobRecord | None:
        unfinished = [
            one
            for one in self.records.values()
            if kind in (None, one.kind) and project in (None, one.project) and not one.state.is_terminal
        ]
        return min(unfinished, key=lambda record: record.created_at, default=None)

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
        return JobPage(page, dict.fromkeys(partitions_of(asked).names, place))

    def _change(self, job_id: str, **changes: Any) -> None:
        self.records[job_id] = self.records[job_id].model_copy(update=changes)
