"""Files that cannot be analyzed: turned away at once, with a reason that everybody sees, and left there."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from brandlens.jobs import JobRecord, JobState, job_id_for
from tests.e2e.files import REFUSED, Bad
from tests.e2e.system import System

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

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


@pytest.mark.parametrize("bad", REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_analyzed_is_turned_away(system: System, bad: Bad) -> None:
    source = system.put(f"inbox/{system.PROJECT}/analyze/{bad.name}", bad.body())
    record = system.ended(job_id_for(source))
    assert_turned_away(system, record, bad.code, bad.why)
    announced = system.announced(record.job_id)
    # What its first bytes give away is refused before anything starts.
    assert announced in (["Analysis Failed"], ["Analysis Failed", "Analysis Started"])
    assert system.aws("s3").head_object(Bucket=source.bucket, Key=source.key)["VersionId"] == source.version
    assert record.error is not None
    shown = system.cli("jobs", "show", record.job_id)
    assert record.error.message in shown.stdout


@pytest.mark.parametrize(
    "key",
    [
        "inbox/cup/other/a.mp4",
        "inbox/cup/ANALYZE/a.mp4",
        "inbox/cup/a.mp4",
        "inbox/a.mp4",
        "inbox//analyze/a",
    ],
)
def test_a_key_that_asks_for_nothing_is_turned_away_with_the_layout(system: System, key: str) -> None:
    record = system.ended(job_id_for(system.put(key, b"anything")))
    assert_turned_away(system, record, "InvalidKey", "its key asks for nothing we know")
    assert record.error is not None
    assert repr(key) in record.error.message
    assert "inbox/PROJECT/analyze/FILE" in record.error.message


def test_a_file_for_an_unknown_project_is_turned_away_with_how_to_make_it(system: System) -> None:
    record = system.ended(system.drop("match.mp4", b"anything", project="nobody"))
    assert_turned_away(system, record, "UnknownProject", "there is no project 'nobody'")
    assert record.error is not None
    assert record.error.message.endswith("brandlens project create nobody.")


def test_a_file_for_a_project_without_a_model_is_turned_away_with_how_to_train_it(
    system: System, picture: Path
) -> None:
    assert system.cli("project", "create", "untaught", "--labels", "Acme").returncode == 0
    record = system.ended(system.drop("stand.jpg", picture.read_bytes(), project="untaught"))
    assert_turned_away(system, record, "NoTrainedModel", "project 'untaught' has no trained model")
    assert record.error is not None
    assert record.error.message.endswith("brandlens train untaught.")
