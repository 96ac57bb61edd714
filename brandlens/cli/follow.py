"""Follows jobs to their end."""

import time
from collections.abc import Mapping, Sequence

from brandlens.cli.console import Reporter
from brandlens.errors import ServiceUnavailable
from brandlens.jobs import JobRecord, JobState
from brandlens.ports import JobStore

_ALL = "Analyzing (files)"
_POLL_SECONDS = 0.4
_BEGUN_WITHIN_SECONDS = 120
"""EventBridge delivers within seconds; past this something between the bucket and ingest is broken."""


def follow(jobs: JobStore, names: Mapping[str, str], report: Reporter) -> list[JobRecord]:
    """Wait until every job of `names` (job id to the name shown) has ended; return them in that order.

    Reports how many have ended, and each step that has something to count. `ServiceUnavailable` when a job
    has not even begun after two minutes.
    """
    ended: dict[str, JobRecord] = {}
    begun = time.monotonic()
    while True:
        report(_ALL, len(ended), len(names))
        if len(ended) == len(names):
            return [ended[job_id] for job_id in names]
        for job_id in [each for each in names if each not in ended]:
            record = jobs.get(job_id)
            if record is None or (record.state is JobState.RECEIVED and not record.execution_arn):
                check_begun(names[job_id], job_id, time.monotonic() - begun)
                continue
            if record.step and (record.total or 0) > 1:
                report(f"{names[job_id]}: {_title(record.step)}", record.done or 0, record.total)
            if record.state.is_terminal:
                ended[job_id] = record
        if len(ended) < len(names):
            time.sleep(_POLL_SECONDS)


def check_begun(name: str, job_id: str, waited: float) -> None:
    """Give up on a job that has not begun `waited` seconds after its file was uploaded."""
    if waited > _BEGUN_WITHIN_SECONDS:
        raise ServiceUnavailable(
            f"{name} was uploaded but its job {job_id} has not begun",
            f"ingest has not taken it in within {_BEGUN_WITHIN_SECONDS} s",
            "Look at ingest's log and the dead-letter queue (`brandlens local logs` on this machine)",
        )


def _title(step: str) -> str:
    return step.replace("_", " ").capitalize()


def all_succeeded(records: Sequence[JobRecord]) -> bool:
    return all(record.state == "SUCCEEDED" for record in records)
