"""Stopping a job that runs."""

import pytest

from brandlens.jobs import JobRecord, JobState
from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.system import System, eventually
from tests.portal import member

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return brands.write_restless_video(tmp_path_factory.mktemp("long") / "long.mp4").read_bytes()


@pytest.fixture(scope="module", params=["command line", "API"])
def canceled(request: pytest.FixtureRequest, system: System, cloud: LocalCloud, long: bytes) -> JobRecord:
    """A long video's job, canceled while its frames are looked at."""
    job_id = system.drop("long.mp4", long)

    def at_work() -> JobRecord | None:
        record = system.jobs.get(job_id)
        return record if record and record.step == "detect" and record.done else None

    eventually(at_work, lambda: f"job {job_id} does not get to its frames: {system.jobs.get(job_id)}")
    if request.param == "API":
        answer = member(cloud, "carl@example.com", "editor").call("DELETE", f"/jobs/{job_id}")
        assert answer.status_code < 300, answer.text
    else:
        stopped = system.cli("jobs", "cancel", job_id)
        assert stopped.returncode == 0, stopped.stderr
    return system.ended(job_id)


def test_a_canceled_job_says_so_in_its_record_and_its_one_event(system: System, canceled: JobRecord) -> None:
    assert canceled.state is JobState.CANCELED
    assert canceled.error is not None
    assert canceled.error.code == "JobCanceled"
    assert system.announced(canceled.job_id) == ["Analysis Failed", "Analysis Started"]
    (failed,) = [detail for detail in system.details(canceled.job_id) if "error" in detail]
    assert failed["state"] == "CANCELED"
    assert failed["error"] == canceled.error.model_dump()


def test_a_canceled_job_holds_no_model_and_leaves_no_result(system: System, canceled: JobRecord) -> None:
    eventually(
        lambda: None if system.still_running(canceled.job_id) else True,
        lambda: f"still running: {system.still_running(canceled.job_id)}",
    )
    assert system.models.held_by(canceled.job_id) == []
    assert system.result_files(canceled) == {}


def test_a_canceled_job_cannot_be_canceled_again(system: System, canceled: JobRecord) -> None:
    again = system.cli("jobs", "cancel", canceled.job_id)
    assert again.returncode == 2
    assert "it is CANCELED" in again.stderr
    assert system.jobs.get(canceled.job_id) == canceled
