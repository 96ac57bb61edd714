"""Moves training jobs on, each in a thread of its own.

All it goes by is the store, so a service that was killed takes up every job again, as SageMaker does after a
fault of its own: as often as the job's RetryStrategy allows.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from local.services.sagemaker.errors import JobFailed
from local.services.sagemaker.objects import Objects
from local.services.sagemaker.store import Store
from local.services.sagemaker.training import lifecycle
from local.services.sagemaker.training.container import Container
from local.services.sagemaker.training.records import TrainingJobRecord
from local.services.sagemaker.training.run import Ended, run

LOG = logging.getLogger("sagemaker")
_FAULT = "InternalServerError: We encountered an internal error. Please try again."

Change = Callable[[TrainingJobRecord, datetime], TrainingJobRecord]


class TrainingJobs:
    """`folder` is where the containers of the jobs lie."""

    def __init__(self, store: Store, objects: Objects, folder: Path, now: Callable[[], datetime]) -> None:
        self._store, self._objects, self._folder, self._now = store, objects, folder, now
        self._closing = threading.Event()
        self._stopping: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []

    def start(self, job: TrainingJobRecord) -> None:
        """Begin a job that is recorded already."""
        self._stopping[job.arn] = threading.Event()
        thread = threading.Thread(target=self._run, args=(job.arn,), name=job.name, daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def stop(self, arn: str) -> None:
        """Tell the program of a job that is recorded as Stopping to end."""
        self._stopping[arn].set()

    def resume(self) -> None:
        """Take up the jobs that were cut short when the service last ended."""
        for job in self._store.every(TrainingJobRecord):
            if job.status == "Stopping":
                self._store.put(lifecycle.stopped(job, self._now(), too_long=False))
            elif job.status == "InProgress" and job.attempts >= job.most_attempts:
                self._store.put(lifecycle.failed(job, self._now(), _FAULT))
            elif job.status == "InProgress":
                self._store.put(lifecycle.at(job, "Restarting", self._now()))
                self.start(job)

    def close(self) -> None:
        """End every program; their jobs stay InProgress, and are resumed."""
        self._closing.set()
        for thread in self._threads:
            thread.join()

    def _run(self, arn: str) -> None:
        job = self._move(arn, lifecycle.downloading)
        container = Container(self._folder / job.name, job, self._objects)
        try:
            self._attempt(job, container)
        except JobFailed as failure:
            self._fail(arn, container, str(failure))
        except (BotoCoreError, ClientError, OSError) as error:
            LOG.exception("%s cannot go on", arn)
            self._fail(arn, container, f"{_FAULT} ({error})")

    def _attempt(self, job: TrainingJobRecord, container: Container) -> None:
        container.prepare()
        self._move(job.arn, lambda each, now: lifecycle.at(each, "Training", now))
        ended = run(job, container.root, stopping=self._stopping[job.arn], closing=self._closing)
        if ended.how == "closed":
            return
        if ended.how == "exited" and ended.code:
            raise AlgorithmFailed(container.failure(), ended)
        self._move(job.arn, lambda each, now: lifecycle.at(each, "Uploading", now))
        container.upload()
        too_long = ended.how == "too long"
        self._end(job.arn, container, lambda each, now: _ended_well(each, now, too_long=too_long))

    def _fail(self, arn: str, container: Container, reason: str) -> None:
        self._end(arn, container, lambda job, now: lifecycle.failed(job, now, reason))

    def _end(self, arn: str, container: Container, change: Change) -> None:
        job = self._move(arn, change)
        LOG.info("%s is %s %s", arn, job.status, job.failure_reason or "")
        container.remove()

    def _move(self, arn: str, change: Change) -> TrainingJobRecord:
        with self._store.lock:
            job = self._store.get(TrainingJobRecord, arn)
            assert job is not None, arn
            moved = change(job, self._now())
            self._store.put(moved)
            return moved


class AlgorithmFailed(JobFailed):
    """The program ended with an error."""

    def __init__(self, failure: str, ended: Ended) -> None:
        Exception.__init__(self, f"AlgorithmError: {failure}, exit code: {ended.code}")


def _ended_well(job: TrainingJobRecord, now: datetime, *, too_long: bool) -> TrainingJobRecord:
    if too_long or job.status == "Stopping":
        return lifecycle.stopped(job, now, too_long=too_long)
    return lifecycle.completed(job, now)
