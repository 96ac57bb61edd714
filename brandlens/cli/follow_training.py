"""Follows a training to its end, through days of labeling if need be."""

import time
from collections.abc import Callable

from brandlens.cli.console import Reporter
from brandlens.cli.follow import check_begun
from brandlens.jobs import JobRecord, JobState
from brandlens.labeling.progress import STEP as LABELING
from brandlens.labeling.progress import Labeled
from brandlens.ports import JobStore

TRAINING = "train model"
"""The step in which the model learns, as `functions/create_model_version` calls it."""
_TITLES = {
    "list": "Listing the batch",
    "prepare": "Preparing media (files)",
    "dataset": "Making the dataset (pictures)",
    LABELING: "Labeling (pictures, a video as one)",
    "collect": "Collecting labels",
    TRAINING: "Training (percent)",
}
_POLL_SECONDS = 0.5


def follow_training(
    jobs: JobStore,
    job_id: str,
    report: Reporter,
    *,
    labeled: Callable[[], Labeled | None],
    on_labeling: Callable[[], None],
    sleep: Callable[[float], None] = time.sleep,
) -> JobRecord:
    """Report each step and its count until the job has ended; return how.

    `labeled` is asked while people label; `on_labeling` is called once, when they are first waited for.
    `ServiceUnavailable` when the job has not even begun after two minutes.
    """
    begun = time.monotonic()
    steps = _Steps(report)
    while True:
        record = jobs.get(job_id)
        if record is None or (record.state is JobState.RECEIVED and not record.execution_arn):
            check_begun("The batch", job_id, time.monotonic() - begun)
        else:
            if record.step == LABELING and steps.current != LABELING:
                on_labeling()
            counted = labeled() if record.step == LABELING and not record.state.is_terminal else None
            if record.step:
                done, total = counted or (record.done or 0, record.total)
                steps.tell(record.step, done, total)
            if record.state.is_terminal:
                if record.state is JobState.SUCCEEDED:
                    steps.finish()
                return record
        sleep(_POLL_SECONDS)


class _Steps:
    """Shows a step as done once the next one begins, whatever its last count: it went on between looks."""

    def __init__(self, report: Reporter) -> None:
        self._report = report
        self._total: float | None = None
        self.current: str | None = None

    def tell(self, step: str, done: float, total: float | None) -> None:
        if step != self.current:
            self.finish()
        self.current, self._total = step, total
        self._report(_title(step), done, total)

    def finish(self) -> None:
        if self.current is not None:
            whole = self._total or 1
            self._report(_title(self.current), whole, whole)


def _title(step: str) -> str:
    return _TITLES.get(step, step.capitalize())
