import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidLabels
from brandlens.labels.manifest import read_manifest, write_manifest
from brandlens.labels.pictures import LabeledBox, LabeledPicture, labels_of
from brandlens.results import Box
from tests.unit.labels.pictures import CREATED, labeled_pictures

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40).map(
    "s3://media/{}".format
)


@given(st.lists(labeled_pictures(NAMES), min_size=1, max_size=5, unique_by=lambda picture: picture.name))
def test_what_is_written_is_read_back_to_the_same_pictures(pictures: list[LabeledPicture]) -> None:
    text = write_manifest(
        pictures, labels_of(pictures), source_ref=str, job_name="brandlens/x", created_at=CREATED
    )

    read = read_manifest(text, file="train.manifest")

    assert [picture.model_dump(exclude={"boxes"}) for picture in read] == [
        picture.model_dump(exclude={"boxes"}) for picture in pictures
    ]
    for ours, theirs in zip(pictures, read, strict=True):
        assert [drawn.label for drawn in ours.boxes] == [drawn.label for drawn in theirs.boxes]
        for mine, other in zip(ours.boxes, theirs.boxes, strict=True):
            assert other.box.model_dump() == pytest.approx(mine.box.model_dump(), abs=1e-9)


def test_a_line_has_the_layout_that_custom_labels_documents() -> None:
    picture = LabeledPicture(
        name="a.png",
        width=640,
        height=480,
        scene="a",
        boxes=(
            LabeledBox(
                label="Echo Dot", box=Box(left=399 / 640, top=251 / 480, width=155 / 640, height=101 / 480)
            ),
        ),
    )

    (line,) = write_manifest(
        [picture],
        ["Echo", "Echo Dot"],
        source_ref=lambda name: f"s3://bucket/images/{name}",
        job_name="my job",
        created_at=CREATED,
    ).splitlines()

    assert json.loads(line) == {
        "source-ref": "s3://bucket/images/a.png",
        "bounding-box": {
            "image_size": [{"width": 640, "height": 480, "depth": 3}],
            "annotations": [{"class_id": 1, "top": 251, "left": 399, "width": 155, "height": 101}],
        },
        "bounding-box-metadata": {
            "objects": [{"confidence": 1}],
            "class-map": {"1": "Echo Dot"},
            "type": "groundtruth/object-detection",
            "human-annotated": "yes",
            "creation-date": "2026-03-01T12:30:05",
            "job-name": "my job",
        },
    }


def valid_line(**changes: object) -> str:
    line = {
        "source-ref": "s3://b/a.png",
        "job-7": {
            "image_size": [{"width": 100, "height": 100, "depth": 3}],
            "annotations": [{"class_id": 0, "top": 1, "left": 1, "width": 9, "height": 9}],
        },
        "job-7-metadata": {"class-map": {"0": "Acme"}, "type": "groundtruth/object-detection"},
    }
    return json.dumps(line | changes)


def test_a_ground_truth_job_may_name_the_attribute_after_itself() -> None:
    (picture,) = read_manifest(valid_line(), file="out.manifest")

    assert picture.labels == {"Acme"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no lines"),
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (valid_line(**{"source-ref": "https://b/a.png"}), "not an s3:// URI"),
        (valid_line(**{"job-7-metadata": {"type": "groundtruth/image-classification"}}), "no attribute"),
        (valid_line() + "\n" + valid_line(), "line 2.*has a line already"),
        (
            valid_line(**{"job-7-metadata": {"class-map": {}, "type": "groundtruth/object-detection"}}),
            "class 0 of s3://b/a.png is not in the class-map",
        ),
        (valid_line(**{"job-7": {"image_size": [], "annotations": []}}), "image_size"),
        (
            valid_line(
                **{
                    "job-7": {
                        "image_size": [{"width": 8, "height": 8}],
                        "annotations": [{"class_id": 0, "top": 1, "left": 1, "width": 9, "height": 2}],
                    }
                }
            ),
            "outside the picture of 8 x 8",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(InvalidLabels, match=why) as refused:
        read_manifest(text, file="train.manifest")

    assert "train.manifest" in str(refused.value)


def test_a_job_that_adjusted_the_boxes_of_another_is_the_one_believed() -> None:
    boxes: dict[str, Any] = {
        "image_size": [{"width": 100, "height": 100, "depth": 3}],
        "annotations": [{"class_id": 0, "left": 10, "top": 0, "width": 10, "height": 10}],
    }
    adjusted = boxes | {"annotations": [boxes["annotations"][0] | {"left": 20}]}
    metadata = {"class-map": {"0": "Acme"}, "type": "groundtruth/object-detection"}
    line = {
        "source-ref": "s3://b/1.jpg",
        "first": boxes,
        "first-metadata": metadata,
        "adjusted-first": adjusted,
        "adjusted-first-metadata": metadata | {"adjustment-status": "adjusted"},
    }

    (picture,) = read_manifest(json.dumps(line), file="output.manifest")

    assert [drawn.box.left for drawn in picture.boxes] == [0.2]


def test_an_object_that_ground_truth_failed_to_have_labeled_is_no_negative() -> None:
    failed = {"source-ref": "s3://b/2.jpg", "job-metadata": {"retry-count": 1, "failure-reason": "Timed out"}}
    done = write_manifest(
        [LabeledPicture(name="s3://b/1.jpg", width=64, height=64, scene="s")],
        [],
        source_ref=str,
        job_name="job",
        created_at=CREATED,
    )

    pictures = read_manifest(f"{json.dumps(failed)}\n{done}", file="output.manifest")

    assert [picture.name for picture in pictures] == ["s3://b/1.jpg"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"source-ref": "s3://b/\\ud800.jpg"}', "line 1, .* not JSON"),
        ("[" * 100_000, "line 1, .* not JSON"),
    ],
)
def test_text_that_no_file_could_be_called_is_refused(text: str, why: str) -> None:
    with pytest.raises(InvalidLabels, match=why):
        read_manifest(text, file="train.manifest")
