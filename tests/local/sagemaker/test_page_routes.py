import json
import urllib.request
from typing import Any

import pytest

from tests.local.sagemaker.requests import Labeling, box


@pytest.fixture
def job(labeling: Labeling) -> str:
    return labeling.open("BoundingBox", labeling.images(2))


def test_the_page_knows_the_job_its_labels_and_its_pictures(labeling: Labeling, job: str) -> None:
    status, told = labeling.ask("GET", labeling.page_of(job))

    assert status == 200
    assert told["labels"] == ["Acme", "Bolt", "Globex"]
    assert told["instructions"] == ["Box every logo."]
    assert [(one["name"], one["width"], one["height"]) for one in told["pictures"]] == [
        ("0.jpg", 640, 360),
        ("1.jpg", 640, 360),
    ]


def test_pictures_are_called_as_whoever_dropped_them_calls_them(labeling: Labeling) -> None:
    still = {"source-ref": "s3://media/pictures/1.jpg", "brandlens-title": "day 1/p000.jpg"}
    frames = [{"frame-no": n + 1, "unix-timestamp": 3.5 * n, "frame": f"{n}.jpg"} for n in range(2)]
    sequence = {"seq-no": 1, "prefix": "s3://media/pictures/", "number-of-frames": 2, "frames": frames}
    labeling.put("titled.json", json.dumps(sequence).encode())
    video = {"source-ref": "s3://media/titled.json", "brandlens-title": "clip.mp4"}

    _, stills = labeling.ask(
        "GET", labeling.page_of(labeling.open("BoundingBox", labeling.manifest([still])))
    )
    _, moments = labeling.ask(
        "GET", labeling.page_of(labeling.open("VideoObjectDetection", labeling.manifest([video])))
    )

    assert [one["name"] for one in stills["pictures"]] == ["day 1/p000.jpg"]
    assert [one["name"] for one in moments["pictures"]] == ["clip.mp4 at 0.0 s", "clip.mp4 at 3.5 s"]


def test_a_picture_is_the_object_of_the_manifest(labeling: Labeling, job: str) -> None:
    address = f"{labeling.url}{labeling.page_of(job)}/pictures/1/0"

    with urllib.request.urlopen(address) as answer:
        shown, kind = answer.read(), answer.headers["Content-Type"]

    assert (shown, kind) == (labeling.read("s3://media/pictures/1.jpg"), "image/jpeg")


def test_an_answer_is_kept_as_a_draft_until_the_picture_is_done(labeling: Labeling, job: str) -> None:
    labeling.answer(job, 0, boxes=[box(0, 1, 2, 3, 4)], looked_at=False)

    _, told = labeling.ask("GET", labeling.page_of(job))

    assert told["pictures"][0]["answer"]["boxes"] == [box(0, 1, 2, 3, 4)]
    assert labeling.describe(job)["LabelCounters"]["Unlabeled"] == 2


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"boxes": [box(0, 600, 0, 41, 10)]}, "outside the picture"),
        ({"boxes": [box(0, 0, 351, 10, 10)]}, "outside the picture"),
        ({"boxes": [box(3, 0, 0, 10, 10)]}, "has 3 labels"),
        ({"boxes": [box(0, 0, 0, 0, 10)]}, "greater than or equal to 1"),
        ({"boxes": [{**box(0, 0, 0, 9, 9), "left": 0.5}]}, "not as it must be"),
        ({"label": 0}, "needs boxes"),
        ({"more": 1}, "not permitted"),
    ],
)
def test_an_answer_that_is_not_about_the_picture_is_refused_and_loses_nothing(
    labeling: Labeling, job: str, answer: dict[str, Any], why: str
) -> None:
    labeling.answer(job, 0, boxes=[box(0, 1, 2, 3, 4)])

    status, reply = labeling.answer(job, 0, **answer)

    assert status == 400
    assert why in reply["message"]
    _, told = labeling.ask("GET", labeling.page_of(job))
    assert told["pictures"][0]["answer"]["boxes"] == [box(0, 1, 2, 3, 4)]


def test_a_class_job_wants_one_label_and_no_boxes(labeling: Labeling) -> None:
    name = labeling.open("ImageMultiClass", labeling.images(1))

    assert labeling.answer(name, 0)[0] == 400
    assert labeling.answer(name, 0, boxes=[box(0, 1, 2, 3, 4)], label=0)[0] == 400
    assert labeling.answer(name, 0, label=2)[0] == 200


def test_a_job_is_handed_in_once_and_whole(labeling: Labeling, job: str) -> None:
    labeling.answer(job, 0)
    early = labeling.hand_in(job)
    labeling.answer(job, 1)

    assert early == (400, {"message": "1 of 2 tasks are not done yet."})
    assert labeling.hand_in(job)[0] == 200
    assert labeling.hand_in(job)[0] == 400
    assert labeling.answer(job, 1, boxes=[box(0, 1, 2, 3, 4)])[0] == 400
    assert labeling.output(job)[1]["brands"]["annotations"] == []


@pytest.mark.parametrize("path", ["/page/../keeper.py", "/page/none.js", "/jobs/x/y", "/api/jobs/0000"])
def test_what_is_not_there_is_not_found(labeling: Labeling, path: str) -> None:
    assert labeling.ask("GET", path)[0] == 404


def test_another_sites_page_can_neither_read_nor_change_labels(labeling: Labeling, job: str) -> None:
    rebound = {"Host": "brands.example:80"}
    foreign = {"Origin": "http://brands.example"}

    assert labeling.ask("GET", "/api/jobs", None, rebound)[0] == 400
    assert labeling.ask("POST", f"{labeling.page_of(job)}/hand-in", {}, foreign) == (
        400,
        {"message": "Only the page itself may change labels."},
    )
