"""The `brandlens` command, each time as a process of its own."""

import json
from pathlib import Path

import pytest

from brandlens.jobs import JobRecord, JobState
from tests.e2e import brands
from tests.e2e.system import System

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


@pytest.fixture(scope="module")
def analyzed(system: System, picture: Path) -> JobRecord:
    return system.ended(system.drop("cli/stand.jpg", picture.read_bytes()))


@pytest.fixture(scope="module")
def refused(system: System) -> JobRecord:
    return system.ended(system.drop("cli/notes.mp4", b"text"))


def test_analyze_waits_and_prints_one_json_document_and_nothing_else(
    system: System, video: Path, picture: Path
) -> None:
    ran = system.cli("analyze", video, picture, "--project", system.PROJECT, "--wait", "--json")
    assert ran.returncode == 0, ran.stderr
    answers = json.loads(ran.stdout)
    assert [answer["job"]["state"] for answer in answers] == ["SUCCEEDED", "SUCCEEDED"]
    assert [[brand["label"] for brand in answer["analysis"]["brands"]] for answer in answers] == [
        [brands.ACME],
        [brands.BOLT],
    ]


def test_analyze_lays_results_out_by_job(system: System, picture: Path, tmp_path: Path) -> None:
    ran = system.cli("analyze", picture, "--project", system.PROJECT, "--out", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr
    assert brands.BOLT in ran.stdout
    (folder,) = (tmp_path / "out").iterdir()
    record = system.jobs.get(folder.name)
    assert record is not None
    assert local_files(folder) == system.result_files(record)
    assert "analysis.json" in local_files(folder)


def test_analyze_takes_a_folder_and_keeps_its_paths(system: System, picture: Path, tmp_path: Path) -> None:
    for name in ("day 1/stand.jpg", "day 2/stand.jpg"):
        (tmp_path / "photos" / name).parent.mkdir(parents=True)
        (tmp_path / "photos" / name).write_bytes(picture.read_bytes())
    ran = system.cli("analyze", tmp_path / "photos", "--project", system.PROJECT, "--json")
    assert ran.returncode == 0, ran.stderr
    started = json.loads(ran.stdout)
    keys = [each["source"]["key"] for each in started]
    assert keys == [f"inbox/{system.PROJECT}/analyze/photos/day {day}/stand.jpg" for day in (1, 2)]
    assert {system.ended(each["job_id"]).state for each in started} == {JobState.SUCCEEDED}


def test_a_file_that_is_refused_beside_a_good_one_makes_the_command_fail_and_is_explained(
    system: System, picture: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.mp4"
    notes.write_text("A letter, not a video.")
    ran = system.cli("analyze", picture, notes, "--project", system.PROJECT, "--wait")
    assert ran.returncode == 1
    assert brands.BOLT in ran.stdout
    assert (
        "notes.mp4: UnsupportedMedia: The file is of an unsupported kind: its content is text." in ran.stdout
    )
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("analyze", "nowhere.mp4", "--project", "cup"), "there is no such file or folder"),
        (("analyze", __file__, "--project", "nobody"), "there is no such project"),
        (("jobs", "show", "nothing"), "no job has that id"),
        (("jobs", "cancel", "nothing"), "no job has that id"),
        (("results", "nothing"), "no job has that id"),
        (("project", "show", "nobody"), "no project has that name"),
        (("project", "create", "No Name!", "--labels", "Acme"), "No Name!"),
        (("train", "nobody", ".", "--annotations", __file__), "there is no such project"),
        (("train", "cup", "nowhere"), "there is no such file or folder"),
        (("models", "start", "nobody"), "there is no such project"),
        (("analyze", "--wait"), "Missing argument"),
        (("jobs", "list", "--limit", "0"), "Invalid value for '--limit'"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_bad_usage_and_input_is_said_on_standard_error_with_code_2(
    system: System, arguments: tuple[str, ...], said: str
) -> None:
    ran = system.cli(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_jobs_lists_the_newest_first(system: System, analyzed: JobRecord, refused: JobRecord) -> None:
    listed = [
        JobRecord.model_validate(each) for each in json.loads(system.cli("jobs", "list", "--json").stdout)
    ]
    assert [each.created_at for each in listed] == sorted((each.created_at for each in listed), reverse=True)
    assert {analyzed.job_id, refused.job_id} <= {each.job_id for each in listed}
    table = system.cli("jobs", "list", "--project", system.PROJECT).stdout
    assert f"{analyzed.job_id}   {system.PROJECT}" in table
    assert "REJECTED (UnsupportedMedia)" in table


def test_a_job_is_shown_with_its_state_result_and_error(
    system: System, analyzed: JobRecord, refused: JobRecord
) -> None:
    shown = system.cli("jobs", "show", analyzed.job_id).stdout
    assert "SUCCEEDED" in shown
    assert str(analyzed.result) in shown
    as_json = system.cli("jobs", "show", refused.job_id, "--json").stdout
    assert JobRecord.model_validate_json(as_json) == refused


def test_events_are_printed_as_lines_or_as_they_are(
    system: System, analyzed: JobRecord, refused: JobRecord
) -> None:
    lines = system.cli("events", "tail", "--no-follow", "--since", "60").stdout.splitlines()
    assert any("Analysis Completed" in line and "stand.jpg  Bolt" in line for line in lines)
    assert refused.error is not None
    assert any("Analysis Failed" in line and refused.error.message in line for line in lines)
    printed = system.cli("events", "tail", "--no-follow", "--since", "60", "--json").stdout.splitlines()
    events = [json.loads(line) for line in printed]
    assert [event for event in events if event["detail"]["job_id"] == analyzed.job_id] == system.events(
        analyzed.job_id
    )


def test_results_are_downloaded_whole(system: System, analyzed: JobRecord, tmp_path: Path) -> None:
    ran = system.cli("results", analyzed.job_id, "--out", tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == str(tmp_path / analyzed.job_id)
    assert local_files(tmp_path / analyzed.job_id) == system.result_files(analyzed)


def test_a_refused_job_has_no_results_and_says_why(
    system: System, refused: JobRecord, tmp_path: Path
) -> None:
    ran = system.cli("results", refused.job_id, "--out", tmp_path)
    assert ran.returncode == 2
    assert "its content is text" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def local_files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }
