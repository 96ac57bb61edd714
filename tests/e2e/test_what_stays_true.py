"""What must hold of every job of this session, whatever was done to it; last, so that late events count."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from brandlens.jobs import JobState
from tests.e2e.system import System

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


@pytest.fixture(scope="module", autouse=True)
def _work_was_done(system: System, picture: Path) -> None:
    """One job of each end, should no other test have run."""
    for job_id in (system.drop("last.jpg", picture.read_bytes()), system.drop("last.txt", b"text")):
        system.ended(job_id)


def test_every_job_ends_in_one_state_with_one_terminal_event(system: System) -> None:
    for record in [system.ended(record.job_id) for record in system.jobs.newest(limit=1000)]:
        kind = record.kind.capitalize()
        end = f"{kind} Completed" if record.state is JobState.SUCCEEDED else f"{kind} Failed"
        told = system.announced(record.job_id)
        assert told.count(end) == 1
        # A beginning is told again where ingest was cut off between telling it and writing that down.
        assert set(told) <= {end, f"{kind} Started"}


def test_events_of_every_end_were_read_and_so_held_to_their_schemas(system: System) -> None:
    assert {event["detail-type"] for event in system.events()} >= {
        "Analysis Started",
        "Analysis Completed",
        "Analysis Failed",
        "Model Started",
    }


def test_no_event_is_given_up_on(system: System) -> None:
    assert system.dead_letters() == []


def test_no_model_is_held_when_no_job_runs(system: System) -> None:
    (known,) = system.models.models()
    assert system.models.live(known.model.arn, now=datetime.now(UTC)) == 0
    assert known.leases_taken > 0
