"""Reports how many frames of a job have been sampled, now and then."""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from brandlens.jobs import Job
from brandlens.ports import JobStore

FRAMES = 20
"""Frames between two reports."""


class Progress:
    """Use it in a `with` statement. What an attempt that fails has reported is taken back.

    Nothing is reported of a training's part: its job counts files.
    """

    def __init__(self, jobs: JobStore, job: Job, now: Callable[[], datetime]) -> None:
        self._jobs, self._job, self._now = jobs, job, now
        self._sampled = self._reported = 0

    def sampled(self) -> None:
        """Count one frame."""
        self._sampled += 1
        if self._sampled - self._reported >= FRAMES:
            self._report(self._sampled)

    def _report(self, sampled: int) -> None:
        if self._job.part is None:
            self._jobs.advance(self._job.job_id, sampled - self._reported, now=self._now())
        self._reported = sampled

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        target = self._sampled if kind is None else 0
        if target != self._reported:
            self._report(target)
