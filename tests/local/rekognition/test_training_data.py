import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.labels.geometry import PixelBox
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledPicture
from local.services.aws_json.errors import ServiceError
from local.services.rekognition.lessons import Boxes
from local.services.rekognition.records import S3Object
from local.services.rekognition.training_data import TrainingFailed, download, read_lines, split
from tests.local.rekognition import teaching


def lines(*names: str) -> list[str]:
    pictures = [teaching.labeled(name, ("Red", PixelBox(1, 1, 9, 9))) for name in names]
    text = write_manifest(pictures, ["Red"], source_ref=str, job_name="j", created_at=teaching.CREATED)
    return text.split("\n")[:-1]


def read(listed: list[str]) -> list[LabeledPicture]:
    return read_lines("\n".join(listed).encode(), Boxes(), file="train.manifest")


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
        read_lines(body, Boxes(), file="train.manifest")


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


class Bucket:
    """Objects in memory; implements `local.services.rekognition.training_data.Objects`."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}

    def read(self, wanted: S3Object, *, max_bytes: int) -> bytes:
        if wanted.Name not in self.bodies:
            raise ServiceError("InvalidS3ObjectException", f"There is no {wanted.Name}")
        return self.bodies[wanted.Name][:max_bytes]

    def write(self, target: S3Object, body: bytes) -> None:
        self.bodies[target.Name] = body


WHOLE = teaching.picture(kind="JPEG")
HARMED = {
    "missing": None,
    "no picture": b"<html>404</html>",
    "cut off after its header": WHOLE[: len(WHOLE) - 200],
    "of another size": teaching.picture(size=(64, 64)),
}


def stored(harmed: bytes | None, *, every: int) -> tuple[Bucket, list[LabeledPicture]]:
    """Twenty pictures in a bucket, one of `every` of which is harmed."""
    bucket = Bucket()
    pictures = [teaching.labeled(f"s3://b/{n}.jpg", ("Red", PixelBox(1, 1, 9, 9))) for n in range(20)]
    for n in range(20):
        body = harmed if n % every == 0 else WHOLE
        if body is not None:
            bucket.bodies[f"{n}.jpg"] = body
    return bucket, pictures


@pytest.mark.parametrize("harmed", HARMED.values(), ids=HARMED)
def test_pictures_that_cannot_be_used_count_as_unusable_lines(harmed: bytes | None, tmp_path: Path) -> None:
    bucket, pictures = stored(harmed, every=5)
    images = download(pictures, Boxes(), tmp_path / "few", bucket)
    assert [image.boxes for image in images] == [
        ((drawn.label, drawn.box),) for n, picture in enumerate(pictures) if n % 5 for drawn in picture.boxes
    ]

    bucket, pictures = stored(harmed, every=4)
    with pytest.raises(TrainingFailed, match=r"too many invalid rows.*s3://b/0\.jpg"):
        download(pictures, Boxes(), tmp_path / "many", bucket)
