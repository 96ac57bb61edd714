import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.labels.geometry import PixelBox
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledPicture
from local.services.rekognition.training_data import TrainingFailed, read_lines, split
from tests.local.rekognition import teaching


def lines(*names: str) -> list[str]:
    pictures = [teaching.labeled(name, ("Red", PixelBox(1, 1, 9, 9))) for name in names]
    text = write_manifest(pictures, ["Red"], source_ref=str, job_name="j", created_at=teaching.CREATED)
    return text.split("\n")[:-1]


def read(listed: list[str]) -> list[LabeledPicture]:
    return read_lines("\n".join(listed).encode(), file="train.manifest")


def test_a_fifth_of_the_lines_may_be_unusable_and_no_more() -> None:
    good = lines(*(f"s3://b/{number}.png" for number in range(8)))

    assert len(read([*good, "{}", "nonsense"])) == 8
    with pytest.raises(TrainingFailed, match=r"too many invalid rows.*line 9"):
        read([*good, "{}", "{}", "{}"])


def test_a_later_line_of_a_picture_replaces_the_earlier() -> None:
    (first,) = lines("s3://b/a.png")
    emptied = json.loads(first)
    emptied["bounding-box"]["annotations"] = []

    (picture,) = read([first, json.dumps(emptied)])

    assert picture.boxes == ()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "contains no rows"),
        (b"\xff\xfe", "extension or contents are invalid"),
        ("\n".join(lines("s3://b/a.png", "s3://c/a.png")).encode(), "multiple S3 buckets"),
    ],
)
def test_a_manifest_that_cannot_teach_fails_the_training(body: bytes, why: str) -> None:
    with pytest.raises(TrainingFailed, match=why):
        read_lines(body, file="train.manifest")


@given(st.lists(st.booleans(), min_size=2, max_size=50))
def test_a_fifth_is_split_off_for_the_test_with_a_labeled_picture_in_it(labeled: list[bool]) -> None:
    patch = ("Red", PixelBox(1, 1, 9, 9))
    pictures = [
        teaching.labeled(f"s3://b/{number}.png", *([patch] if drawn else []))
        for number, drawn in enumerate(labeled)
    ]

    training, testing = split(pictures)

    assert sorted(p.name for p in training + testing) == sorted(p.name for p in pictures)
    assert len(testing) == -(-len(pictures) // 5)
    assert any(picture.boxes for picture in testing) == any(labeled)
