"""Keeping the job's lease on its model alive while the model is asked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from brandlens.errors import ModelNotReady
from brandlens.ports import LeaseStore


class Heartbeat:
    """Renews a lease each third of its time, so that two renewals may fail to come before it expires."""

    def __init__(
        self,
        leases: LeaseStore,
        model_arn: str,
        job_id: str,
        *,
        lease: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._leases, self._model_arn, self._job_id = leases, model_arn, job_id
        self._lease, self._clock = lease, clock
        self._due: datetime | None = None
        self._lock = Lock()

    def beat(self) -> None:
        """Renew the lease if it is time.

        `ModelNotReady` when the job holds none any longer, as it has ended, or the model is being stopped.
        """
        with self._lock:
            now = self._clock()
            if self._due is not None and now < self._due:
                return
            if not self._leases.renew(self._model_arn, self._job_id, now=now, expires_at=now + self._lease):
                raise ModelNotReady(
                    f"The model {self._model_arn} is not asked for job {self._job_id}",
                    "the job holds no lease on it any longer, or it is being stopped",
                )
            self._due = now + self._lease / 3
