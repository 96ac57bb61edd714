"""Moves labeling jobs on, in a thread of its own.

All it goes by is the store, so a service that was killed takes up every job where it stood. A job's event is
sent after its end is recorded, and again if that was not the last thing recorded: at least once, as on AWS.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from botocore.exceptions import BotoCoreError, ClientError

from local.services.sagemaker import lifecycle
from local.services.sagemaker.errors import JobFailed
from local.services.sagemaker.events import Events
from local.services.sagemaker.inputs import read_labels, read_tasks
from local.services.sagemaker.notices import Notices
from local.services.sagemaker.objects import Objects
from local.services.sagemaker.outputs import output_files
from local.services.sagemaker.records import ENDED, LabelingJobRecord
from local.services.sagemaker.store import Store

LOG = logging.getLogger("sagemaker")
_SECONDS_BETWEEN_LOOKS = 0.2
_SECONDS_AFTER_TROUBLE = 2


class Keeper:
    def __init__(
        self,
        store: Store,
        objects: Objects,
        events: Events,
        notices: Notices,
        now: Callable[[], datetime],
        start_seconds: float,
    ) -> None:
        self._store, self._objects, self._events, self._notices = store, objects, events, notices
        self._now, self._start_seconds = now, start_seconds
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Return once the job at hand is dealt with."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(_SECONDS_BETWEEN_LOOKS):
            for job in self._store.every(LabelingJobRecord):
                if not job.announced and not self._closing.is_set():
                    self._look_at(job)

    def _look_at(self, job: LabelingJobRecord) -> None:
        try:
            self.move_on(job)
        except (BotoCoreError, ClientError) as error:
            # The emulator is away or refuses for now; the job waits for the next look.
            LOG.warning("%s waits: %s", job.arn, error)
            self._closing.wait(_SECONDS_AFTER_TROUBLE)
        except Exception:
            LOG.exception("%s cannot be moved on", job.arn)
            if job.status in ENDED:
                self._closing.wait(_SECONDS_AFTER_TROUBLE)
                return
            self._end(lifecycle.failed(job, self._now(), "InternalServerError: The service's log says why."))

    def move_on(self, job: LabelingJobRecord) -> None:
        """Do what is due for the job now."""
        now = self._now()
        if job.status in ENDED:
            self._events.state_changed(job)
            self._store.put(job.model_copy(update={"announced": True}))
            return
        try:
            if job.status == "Initializing" and lifecycle.due(job, now, self._start_seconds):
                self._begin(job, now)
            elif job.status == "InProgress" and (job.handed_in or lifecycle.expired(job, now)):
                self._write(job, now, expired=not job.handed_in)
                self._end(lifecycle.completed(job, now))
            elif job.status == "Stopping" and lifecycle.due(job, now, self._start_seconds):
                self._write(job, now, expired=False)
                self._end(lifecycle.stopped(job, now))
        except JobFailed as failure:
            self._end(lifecycle.failed(job, now, str(failure)))

    def _begin(self, job: LabelingJobRecord, now: datetime) -> None:
        labels, instructions = read_labels(job, self._objects.read)
        tasks = read_tasks(job, self._objects.read)
        with self._store.lock:
            current = self._store.get(LabelingJobRecord, job.arn)
            if current != job:  # it was stopped meanwhile
                return
            self._store.put_tasks(job.arn, tasks)
            self._store.put(lifecycle.begun(job, now, labels, instructions))
        self._notices.work_is_there(job)

    def _write(self, job: LabelingJobRecord, now: datetime, *, expired: bool) -> None:
        tasks = self._store.tasks(job.arn)
        if expired and not any(task.done for task in tasks):
            raise JobFailed("Annotation tasks expired. Nobody labeled any of them while they were available.")
        for file in output_files(job, tasks, now, expired=expired):
            self._objects.write(file.uri, file.body)

    def _end(self, job: LabelingJobRecord) -> None:
        LOG.info("%s is %s", job.arn, job.status)
        self._store.put(job)
