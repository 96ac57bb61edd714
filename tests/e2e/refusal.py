"""What must hold of every object that is turned away."""

import re
from itertools import pairwise

from brandlens.jobs import JobRecord, JobState
from tests.e2e.system import System

_WHAT_WHY_AND_WHAT_TO_DO = re.compile(r"^[^:]+: [^\n]+\. [^\n]+\.$")


def assert_turned_away(system: System, record: JobRecord, code: str, why: str) -> None:
    """Assert all that must hold of a refused object, wherever one looks."""
    assert record.state is JobState.REJECTED
    assert record.error is not None
    assert record.error.code == code
    assert not record.error.retryable
    assert why in record.error.message
    assert _WHAT_WHY_AND_WHAT_TO_DO.match(record.error.message)
    (failed,) = [detail for detail in system.details(record.job_id) if "error" in detail]
    assert failed["error"] == record.error.model_dump()
    assert failed["state"] == "REJECTED"
    assert failed["source"] == record.source.model_dump()
    assert system.result_files(record) == {}
    assert system.models.held_by(record.job_id) == []
    for history in system.histories(record.job_id):
        steps = pairwise(event["type"] for event in history)
        assert ("TaskFailed", "TaskScheduled") not in steps, "what cannot succeed was tried again"
