"""Good files: from the drop folder to a finding, its events, its documents."""

import json
from pathlib import Path

import numpy as np
import pytest

from brandlens.detect.geometry import overlaps
from brandlens.jobs import JobRecord, JobState
from tests.e2e import brands
from tests.e2e.schemas import validate
from tests.e2e.system import System

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


@pytest.fixture(scope="module")
def of_video(system: System, video: Path) -> JobRecord:
    return system.ended(system.drop("match.mp4", video.read_bytes()))


@pytest.fixture(scope="module")
def of_picture(system: System, picture: Path) -> JobRecord:
    return system.ended(system.drop("stand.jpg", picture.read_bytes()))


@pytest.fixture(params=["video", "picture"])
def record(request: pytest.FixtureRequest) -> JobRecord:
    found: JobRecord = request.getfixturevalue(f"of_{request.param}")
    return found


def test_the_job_succeeds_and_says_where_its_results_are(system: System, record: JobRecord) -> None:
    assert record.state is JobState.SUCCEEDED
    assert record.error is None
    assert record.result == f"s3://{system.outputs.results_bucket}/{system.PROJECT}/{record.job_id}/"


def test_one_event_begins_a_job_and_one_completes_it(system: System, record: JobRecord) -> None:
    assert system.announced(record.job_id) == ["Analysis Completed", "Analysis Started"]


def test_the_completed_event_tells_what_the_document_does(system: System, record: JobRecord) -> None:
    completed = system.details(record.job_id)[-1]
    analysis = system.analysis_of(record)
    assert completed["brands"] == analysis["brands"]
    assert completed["source"] == analysis["job"]["source"] == record.source.model_dump()
    assert completed["estimated_usd"] == analysis["cost"]["estimated_usd"] > 0
    assert completed["result"]["analysis"] == f"{system.PROJECT}/{record.job_id}/analysis.json"


def test_every_document_keeps_to_its_schema(system: System, record: JobRecord) -> None:
    files = system.result_files(record)
    validate(json.loads(files["analysis.json"]), "analysis")
    for line in files["detections.jsonl"].splitlines():
        validate(json.loads(line), "frame-detections")


def test_all_that_the_document_names_is_there(system: System, record: JobRecord) -> None:
    files = system.result_files(record)
    analysis = json.loads(files["analysis.json"])
    named = {name for name in analysis["files"].values() if name and not name.endswith("/")}
    named |= {appearance["proof_frame"]["file"] for appearance in analysis["appearances"]}
    named |= {json.loads(line)["frame"] for line in files["detections.jsonl"].splitlines()} - {None}
    assert named <= files.keys()
    assert all(files[name] for name in named)


def test_every_sampled_frame_has_a_line(system: System, record: JobRecord) -> None:
    files = system.result_files(record)
    sampling = json.loads(files["analysis.json"])["sampling"]
    lines = [json.loads(line) for line in files["detections.jsonl"].splitlines()]
    assert len(lines) == sampling["frames_sampled"] == len({line["index"] for line in lines})
    assert sum(line["carried_from"] is not None for line in lines) == sampling["frames_carried"]


def test_the_report_names_the_brand_and_needs_no_network(system: System, record: JobRecord) -> None:
    report = system.result_files(record)["report.html"].decode()
    assert all(brand in report for brand in system.brands(record))
    assert 'src="http' not in report


def test_no_lease_is_left(system: System, record: JobRecord) -> None:
    assert system.models.held_by(record.job_id) == []


def test_a_moving_logo_is_found_while_it_is_shown(system: System, of_video: JobRecord) -> None:
    analysis = system.analysis_of(of_video)
    (brand,) = analysis["brands"]
    step = 1 / analysis["sampling"]["rate_hz"] + 1 / 25  # from a sampled frame to the next, whole frames
    assert brand["label"] == brands.ACME
    assert brand["first_seen_seconds"] == pytest.approx(brands.SHOWN_FROM, abs=step)
    assert brand["last_seen_seconds"] == pytest.approx(brands.SHOWN_UNTIL, abs=step)
    assert brand["on_screen_seconds"] == pytest.approx(brands.SHOWN_UNTIL - brands.SHOWN_FROM, abs=step)
    assert brand["share_of_voice"] == 1
    assert analysis["media"]["duration_seconds"] == pytest.approx(brands.VIDEO_SECONDS)
    assert analysis["sampling"]["frames_sampled"] == brands.VIDEO_SECONDS * analysis["sampling"]["rate_hz"]


def test_the_frames_before_and_after_show_no_brand(system: System, of_video: JobRecord) -> None:
    lines = map(json.loads, system.result_files(of_video)["detections.jsonl"].splitlines())
    found = {line["seconds"]: {each["label"] for each in line["detections"]} for line in lines}
    assert found == {
        seconds: {brands.ACME} if brands.SHOWN_FROM <= seconds <= brands.SHOWN_UNTIL else set()
        for seconds in found
    }


def test_a_logo_in_a_picture_is_found_where_it_is(system: System, of_picture: JobRecord) -> None:
    (appearance,) = system.analysis_of(of_picture)["appearances"]
    assert appearance["label"] == brands.BOLT
    assert appearance["start_seconds"] is None
    box = appearance["proof_frame"]["box"]
    corners = (box["left"], box["top"], box["left"] + box["width"], box["top"] + box["height"])
    shown = (300 / 640, 80 / 360, 460 / 640, 240 / 360)
    # Half of the union is the usual rule (PASCAL VOC) for having found the same thing.
    assert overlaps(np.array([corners]), np.array([shown])).item() > 0.5
