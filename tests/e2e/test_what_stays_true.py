"""What must hold of every job of this session, whatever was done to it; last, so that late events count."""

import pytest

from brandlens.jobs import JobState
from tests.e2e.system import System

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


@pytest.mark.usefixtures("system")
def test_every_job_ends_in_one_state_with_one_terminal_event(system: System) -> None:
    records = [system.ended(record.job_id) for record in system.jobs.newest(limit=1000)]
    announced = {record.job_id: system.announced(record.job_id) for record in records}
    for record in records:
        end = "Analysis Completed" if record.state is JobState.SUCCEEDED else "Analysis Failed"
        assert announced[record.job_id] in ([end], [end, "Analysis Started"])


def test_no_event_is_given_up_on(system: System) -> None:
    queue = system.outputs.dead_letter_queue_url
    attributes = system.aws("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert attributes["ApproximateNumberOfMessages"] == "0"


def test_no_model_is_held_by_a_job_that_has_ended(system: System) -> None:
    assert [system.models.held_by(record.job_id) for record in system.jobs.newest(limit=1000)] == [
        [] for _ in system.jobs.newest(limit=1000)
    ]
