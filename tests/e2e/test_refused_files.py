"""Files that cannot be analyzed: turned away at once, with a reason that everybody sees, and left there."""

from pathlib import Path

import pytest

from brandlens.jobs import job_id_for
from tests.e2e.files import REFUSED, Bad
from tests.e2e.refusal import assert_turned_away
from tests.e2e.system import System

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

FOLDER = "bad files"


@pytest.fixture(scope="module")
def told(system: System, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the command line prints of a folder with every bad file."""
    folder = tmp_path_factory.mktemp("bad") / FOLDER
    folder.mkdir()
    for bad in REFUSED.values():
        (folder / bad.name).write_bytes(bad.body())
    ran = system.cli("analyze", folder, "--project", system.PROJECT, "--wait")
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    return ran.stdout


@pytest.mark.parametrize("bad", REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_analyzed_is_turned_away(system: System, told: str, bad: Bad) -> None:
    source = system.current(f"inbox/{system.PROJECT}/analyze/{FOLDER}/{bad.name}")
    record = system.ended(job_id_for(source))
    assert_turned_away(system, record, bad.code, bad.why)
    if bad.code in ("EmptyObject", "UnsupportedMedia"):  # its first bytes give it away: nothing is started
        assert system.announced(record.job_id) == ["Analysis Failed"]
        assert system.histories(record.job_id) == []
    else:
        assert system.announced(record.job_id) == ["Analysis Failed", "Analysis Started"]
        assert system.histories(record.job_id) != []
    assert record.error is not None
    assert f"{bad.name}: {bad.code}: {record.error.message}" in told.splitlines()


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
    assert record.error.message.endswith("brandlens project create nobody --labels A,B.")


def test_a_file_for_a_project_without_a_model_is_turned_away_with_how_to_train_it(
    system: System, picture: Path
) -> None:
    assert system.cli("project", "create", "untaught", "--labels", "Acme").returncode == 0
    record = system.ended(system.drop("stand.jpg", picture.read_bytes(), project="untaught"))
    assert_turned_away(system, record, "NoTrainedModel", "project 'untaught' has no trained model")
    assert record.error is not None
    assert record.error.message.endswith("brandlens train untaught FOLDER --annotations FILE.")
