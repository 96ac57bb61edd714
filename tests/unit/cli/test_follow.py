from datetime import UTC, datetime
from typing import Any, cast

from brandlens.cli.follow import all_succeeded, follow
from brandlens.jobs import JobRecord, JobState, Source
from brandlens.ports import JobStore

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _record(job_id: str, state: JobState, **fields: Any) -> JobRecord:
    source = Source(bucket="media", key=f"inbox/cup/analyze/{job_id}.mp4", version="1")
    return JobRecord(
        job_id=job_id,
        project="cup",
        kind="analysis",
        state=state,
        source=source,
        created_at=NOW,
        updated_at=NOW,
        **fields,
    )


class _Scripted:
    """A jobs table that shows each job's states in turn, the last for ever."""

    def __init__(self, **states: list[JobRecord | None]) -> None:
        self._states = states

    def get(self, job_id: str) -> JobRecord | None:
        left = self._states[job_id]
        return left.pop(0) if len(left) > 1 else left[0]


def _follow(jobs: _Scripted, *job_ids: str) -> tuple[list[JobRecord], list[tuple[str, float, float | None]]]:
    told: list[tuple[str, float, float | None]] = []
    records = follow(
        cast("JobStore", jobs),
        {job_id: f"{job_id}.mp4" for job_id in job_ids},
        lambda *news: told.append(news),
    )
    return records, told


def test_it_waits_for_a_job_that_is_not_received_yet_and_returns_its_end() -> None:
    done = _record("a", JobState.SUCCEEDED)
    records, told = _follow(_Scripted(a=[None, _record("a", JobState.RECEIVED), done]), "a")
    assert records == [done]
    assert told[-1] == ("Analyzing (files)", 1, 1)


def test_a_step_with_something_to_count_gets_a_bar_of_its_own() -> None:
    running = _record("a", JobState.RUNNING, step="detect_brands", done=3, total=120)
    _, told = _follow(_Scripted(a=[running, _record("a", JobState.SUCCEEDED)]), "a")
    assert ("a.mp4: Detect brands", 3, 120) in told


def test_jobs_come_back_in_the_order_they_were_named_whichever_ends_first() -> None:
    slow = [_record("a", JobState.RUNNING), _record("a", JobState.FAILED)]
    records, _ = _follow(_Scripted(a=slow, b=[_record("b", JobState.SUCCEEDED)]), "a", "b")
    assert [record.job_id for record in records] == ["a", "b"]
    assert not all_succeeded(records)
