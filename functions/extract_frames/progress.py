"""Reports how many frames of a job have been sampled, now and then."""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from brandlens.ports import JobStore

FRAMES = 20
"""Frames between two reports."""


class Progress:
    """Use it in a `with` statement. What an attempt that fails has reported is taken back."""

    def __init__(self, jobs: JobStore, job_id: str, now: Callable[[], datetime]) -> None:
        self._jobs, self._job_id, self._now = jobs, job_id, now
        self._sampled = self._reported = 0

    def sampled(self) -> None:
        """Count one frame."""
        self._sampled += 1
        if self._sampled - self._reported >= FRAMES:
            self._report(self._sampled)

    def _report(self, sampled: int) -> None:
        self._jobs.advance(self._job_id, sampled - self._reported, now=self._now())
        self._reported = sampled

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        target = self._sampled if kind is None else 0
        if target != self._reported:
            self._report(target)
