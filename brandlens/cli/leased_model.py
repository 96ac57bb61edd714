"""A service's model that runs while a command asks it: started if it stands still, under a lease of its own.

The last release is enough to stop it: the stack's sweeper stops what nobody holds a lease on once the grace
time is over. Should the command be killed, its lease expires and the same happens.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from brandlens.cli.console import Reporter
from brandlens.errors import ModelStartTimeout
from brandlens.jobs import Job, Model, Source
from brandlens.model_runs import ModelHouse, ask_to_run
from brandlens.ports import Detector
from brandlens.results import Detection

LEASE = timedelta(minutes=4)
START_PATIENCE = timedelta(minutes=40)
"""Custom Labels takes from five minutes to half an hour."""
POLL_SECONDS = 2.0


@contextmanager
def leased(
    detector: Detector, model: Model, project: str, house: ModelHouse, report: Reporter
) -> Iterator[Detector]:
    """Give `detector` while its model runs, renewing the lease as it is asked.

    Raises
    ------
    ModelFailed
        The model is in a state that no waiting mends.
    ModelStartTimeout
        It does not run after `START_PATIENCE`.
    NotFound
        It was deleted.
    """
    holder = Job(
        job_id=f"evaluation-{uuid.uuid4().hex}",
        project=project,
        # No dropped object asks for this work; leases are kept by the id alone.
        source=Source(bucket="", key="", version=""),
        started_at=house.now(),
    )
    try:
        await_running(model, holder, house, report)
        yield _Renewing(detector, model, holder, house)
    finally:
        house.leases.release(model.arn, holder.job_id, now=house.now())


def await_running(
    model: Model, holder: Job, house: ModelHouse, report: Reporter, *, lease: timedelta = LEASE
) -> None:
    """Take the holder's lease and wait until the model runs, started if need be; raises as `leased` does."""
    given_up_at = house.now() + START_PATIENCE
    while house.now() < given_up_at:
        if ask_to_run(model, holder, house, lease=lease) == "RUNNING":
            return
        report("Starting the model", 0, None)
        house.sleep(POLL_SECONDS)
    raise ModelStartTimeout(
        f"Model version {model.version} did not start",
        f"it does not run {START_PATIENCE.total_seconds() / 60:.0f} minutes after it was asked to",
        "Try again later",
    )


class _Renewing:
    """A detector that renews its lease before half of it is over."""

    def __init__(self, detector: Detector, model: Model, holder: Job, house: ModelHouse) -> None:
        self._detector, self._model, self._holder, self._house = detector, model, holder, house
        self._renewed_at = house.now()

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        now = self._house.now()
        if now - self._renewed_at > LEASE / 2:
            self._house.leases.renew(self._model.arn, self._holder.job_id, now=now, expires_at=now + LEASE)
            self._renewed_at = now
        return self._detector.detect(image, min_confidence=min_confidence)
