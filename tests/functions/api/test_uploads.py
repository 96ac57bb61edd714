"""Uploads, and what begins with them, over fakes."""

import base64
import json
from typing import Any

import pytest

from brandlens.jobs import Source, job_id_for
from tests.api import ApiWorld


@pytest.fixture
def world() -> ApiWorld:
    return ApiWorld()


@pytest.mark.parametrize(
    "name", ["../a.mp4", "/a.mp4", "a//b", "a/./b", "x/", "job.json", "x/JOB.json", "a\nb", "é" * 500]
)
def test_a_file_goes_below_its_callers_own_folder_or_nowhere(name: str, world: ApiWorld) -> None:
    new = {"project": "cup", "purpose": "train", "batch": "b", "name": name, "bytes": 1}
    answer = world.call("POST", "/uploads", new)
    assert (answer.status, answer.code) == (400, "InvalidKey")
    assert not world.uploads.open


def begin(world: ApiWorld, size: int, **changes: Any) -> Any:
    new = {"project": "cup", "purpose": "analyze", "name": "Spiel 1+1.mp4", "bytes": size} | changes
    answer = world.call("POST", "/uploads", new)
    assert answer.status == 201, answer.text
    return answer.body


def send(world: ApiWorld, upload: Any, numbers: set[int]) -> None:
    ((key, upload_id),) = [each for each in world.uploads.open if each[0] == upload["key"]]
    for part in upload["parts"]["parts"]:
        if part["number"] in numbers:
            world.uploads.put(key, upload_id, part["number"], bytes(part["bytes"]))


def test_an_upload_goes_on_where_it_broke(world: ApiWorld) -> None:
    upload = begin(world, 20 * 1024**2)
    assert upload["key"] == "inbox/cup/analyze/eu-west-1-editor/Spiel 1+1.mp4"
    assert [part["bytes"] for part in upload["parts"]["parts"]] == [8 * 1024**2] * 2 + [4 * 1024**2]
    send(world, upload, {1, 3})
    parts = world.call("GET", "/uploads/{upload}/parts", upload=upload["id"]).body["parts"]
    assert [part["number"] for part in parts if part["url"]] == [2]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"bytes": 0}, 400),
        ({"bytes": -5}, 400),
        ({"upload_id": ""}, 400),
        ({"purpose": "other"}, 400),
        ({"surprise": 1}, 400),
        ({"project": "league"}, 404),
        ({"key": "inbox/cup/analyze/eu-west-1-other/Spiel 1+1.mp4"}, 404),
        ({"key": "inbox/cup/train/eu-west-1-editor.b/Spiel 1+1.mp4"}, 404),
        ({"key": "_models/v1"}, 404),
        ({"key": "inbox/cup/analyze/eu-west-1-editor/../eu-west-1-other/a.mp4"}, 404),
        ({"upload_id": "upload-9"}, 404),
        ({"bytes": 10**400}, 400),
    ],
)
def test_an_uploads_id_that_was_not_given_opens_nothing(
    changes: dict[str, Any], status: int, world: ApiWorld
) -> None:
    given = begin(world, 10)["id"]
    told = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    forged = base64.urlsafe_b64encode(json.dumps(told | changes).encode()).decode().rstrip("=")
    for method, path in (("GET", "/parts"), ("POST", "/complete"), ("DELETE", "")):
        answer = world.call(method, f"/uploads/{{upload}}{path}", upload=forged)
        # What is analyzed is not completed, whoever asks.
        assert answer.status == status or (path == "/complete" and answer.status == 400), answer.text
    assert len(world.uploads.open) == 1


def test_a_large_files_urls_come_a_hundred_at_a_time(world: ApiWorld) -> None:
    upload = begin(world, 5 * 1024**4)
    assert upload["part_bytes"] * 10_000 >= 5 * 1024**4
    assert (len(upload["parts"]["parts"]), upload["parts"]["next"]) == (100, 100)
    last = world.call("GET", "/uploads/{upload}/parts", upload=upload["id"], query={"after": "9950"}).body
    assert last["next"] is None
    assert sum(part["bytes"] for part in last["parts"]) <= 50 * upload["part_bytes"]


def test_files_are_analyzed_once_all_their_parts_have_come(world: ApiWorld) -> None:
    whole, broken = begin(world, 10), begin(world, 10, name="b.mp4")
    send(world, whole, {1})
    asked = {"project": "cup", "uploads": [whole["id"], broken["id"]]}
    first, second = (world.call("POST", "/analyses", asked) for _ in range(2))
    assert first.status == second.status == 202
    one, other = first.body["analyses"]
    source = Source(bucket="media", key=whole["key"], version=world.media.versions("")[whole["key"]])
    assert one["job_id"] == job_id_for(source)
    assert (other["job_id"], other["error"]["code"]) == (None, "Conflict")
    assert second.body == first.body


def test_an_upload_that_was_given_up_does_not_begin_an_older_files_analysis_anew(world: ApiWorld) -> None:
    older = begin(world, 10)
    send(world, older, {1})
    asked = {"project": "cup", "uploads": [older["id"]]}
    known = world.call("POST", "/analyses", asked).body["analyses"][0]["job_id"]
    given_up = begin(world, 10)
    assert world.call("DELETE", "/uploads/{upload}", upload=given_up["id"]).status == 204

    refused = world.call("POST", "/analyses", {"project": "cup", "uploads": [given_up["id"]]})
    assert (refused.status, refused.code) == (404, "NotFound")
    assert "it was given up" in refused.body["message"]

    both = world.call("POST", "/analyses", {"project": "cup", "uploads": [given_up["id"], older["id"]]})
    assert both.status == 202
    first, second = both.body["analyses"]
    assert (first["job_id"], first["error"]["code"]) == (None, "NotFound")
    assert (second["job_id"], second["error"]) == (known, None)


def test_an_answer_that_was_lost_is_given_again_though_another_file_has_that_name_now(
    world: ApiWorld,
) -> None:
    asked, answers = [], []
    for size in (10, 11):
        upload = begin(world, size)
        send(world, upload, {1})
        asked.append({"project": "cup", "uploads": [upload["id"]]})
        answers.append(world.call("POST", "/analyses", asked[-1]).body)
    assert answers[0]["analyses"][0]["key"] == answers[1]["analyses"][0]["key"]
    assert answers[0]["analyses"][0]["job_id"] != answers[1]["analyses"][0]["job_id"]
    assert [world.call("POST", "/analyses", again).body for again in asked] == answers


def test_no_analysis_is_begun_where_no_upload_is_whole(world: ApiWorld) -> None:
    broken = begin(world, 10)
    refused = world.call("POST", "/analyses", {"project": "cup", "uploads": [broken["id"]]})
    assert (refused.status, refused.code) == (409, "Conflict")
    assert "Upload the missing parts" in refused.body["message"]
    assert not world.media.written


def test_a_file_of_a_batch_is_completed_twice_with_one_answer(world: ApiWorld) -> None:
    upload = begin(world, 5, purpose="train", batch="b1", name="a.jpg")
    send(world, upload, {1})
    first, second = (world.call("POST", "/uploads/{upload}/complete", upload=upload["id"]) for _ in range(2))
    assert (first.status, second.status) == (200, 200)
    assert first.body == second.body
    assert world.media.written == [upload["key"]]


def test_a_batch_takes_no_other_marks_once_it_is_trained_on(world: ApiWorld) -> None:
    made = world.finished(appearances=2)
    marks = [
        world.call(
            "POST", "/jobs/{job}/marks", {"kind": "wrong", "appearance": appearance}, job=made.job_id
        ).body["id"]
        for appearance in ("a0", "a1")
    ]
    asked = {"project": "cup", "batch": "m", "marks": marks[:1]}
    first = world.call("POST", "/training", asked)
    written = list(world.media.written)
    assert world.call("POST", "/training", asked).body == first.body
    assert world.media.written == written
    refused = world.call("POST", "/training", asked | {"marks": marks})
    assert (refused.status, refused.code) == (409, "Conflict")
    open_marks = world.call("GET", "/projects/{project}/marks", project="cup").body["marks"]
    assert [each["id"] for each in open_marks] == marks[1:]


def test_files_of_another_project_or_purpose_are_not_analyzed(world: ApiWorld) -> None:
    other = begin(world, 10, project="league")
    training = begin(world, 10, purpose="train", batch="b")
    for upload in (other, training):
        answer = world.call("POST", "/analyses", {"project": "cup", "uploads": [upload["id"]]})
        assert answer.status == 400
    answer = world.call("POST", "/analyses", {"project": "league", "uploads": [other["id"]]})
    assert (answer.status, answer.code) == (409, "NoTrainedModel")


def test_a_batch_is_trained_on_once_and_never_empty(world: ApiWorld) -> None:
    asked = {"project": "cup", "batch": "b1"}
    assert world.call("POST", "/training", asked).code == "Conflict"
    upload = begin(world, 5, purpose="train", batch="b1", name="a.jpg")
    send(world, upload, {1})
    assert world.call("POST", "/uploads/{upload}/complete", upload=upload["id"]).status == 200
    assert world.call("POST", "/training", asked | {"annotations": "labels.json"}).code == "Conflict"
    first, second = (world.call("POST", "/training", asked) for _ in range(2))
    assert first.status == 202
    assert first.body == second.body
    assert world.media.written.count("inbox/cup/train/eu-west-1-editor.b1/job.json") == 1
