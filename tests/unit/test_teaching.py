import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PIL import Image

from brandlens.errors import InvalidLabels, ModelFailed
from brandlens.labels.manifest import read_manifest
from brandlens.labels.pictures import LabeledBox, LabeledPicture
from brandlens.labels.plan import TrainingPlan, plan_training
from brandlens.results import Box
from brandlens.teaching import Taught, TeachingProgress, TrainedVersion, teach

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BOX = Box(left=0.25, top=0.25, width=0.5, height=0.5)


class Bucket:
    """An `ObjectStore` in memory, as far as teaching goes."""

    bucket = "media"

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.writes: list[str] = []

    def keys(self, prefix: str) -> Iterator[str]:
        return iter([key for key in sorted(self.objects) if key.startswith(prefix)])

    def write(self, key: str, body: bytes, *, content_type: str) -> None:
        assert content_type
        self.writes.append(key)
        self.objects[key] = body


class School:
    """A `Trainer` in memory: a training passes through `course` as it is looked at."""

    def __init__(self, *course: str) -> None:
        self._course = course
        self._looks: dict[str, int] = {}
        self.trained: dict[str, tuple[str, str, str]] = {}

    def ensure_project(self, name: str) -> str:
        return f"arn/{name}"

    def version(self, project_arn: str, name: str) -> TrainedVersion | None:
        if name not in self.trained:
            return None
        look = self._looks[name] = self._looks.get(name, -1) + 1
        status = self._course[min(look, len(self._course) - 1)]
        return TrainedVersion(
            arn=f"{project_arn}/{name}", name=name, status=status, message=f"It is {status}.", f1=0.75
        )

    def train(
        self,
        project_arn: str,
        name: str,
        *,
        bucket: str,
        train_manifest: str,
        test_manifest: str,
        output: str,
    ) -> None:
        assert (project_arn, bucket) == ("arn/stack-acme", "media")
        self.trained[name] = (train_manifest, test_manifest, output)


def files(count: int, size: tuple[int, int] = (100, 80)) -> dict[str, bytes]:
    drawn = {}
    for number in range(count):
        body = io.BytesIO()
        Image.new("RGB", size, (number, 0, 0)).save(body, "PNG")
        drawn[f"{number}.png"] = body.getvalue()
    return drawn


def plan_of(names: dict[str, bytes], box: Box = BOX) -> TrainingPlan:
    boxes = (LabeledBox(label="Acme", box=box),)
    pictures = [LabeledPicture(name=name, width=100, height=80, boxes=boxes, scene=name) for name in names]
    return plan_training(pictures, ["Acme"])


def learn(
    plan: TrainingPlan,
    pictures: dict[str, bytes],
    bucket: Bucket,
    school: School,
    seen: list[TeachingProgress] | None = None,
) -> Taught:
    return teach(
        plan,
        project="acme",
        service_project="stack-acme",
        read=pictures.__getitem__,
        store=bucket,  # type: ignore[arg-type] - teaching needs no more of it
        trainer=school,
        min_confidence=60,
        now=NOW,
        progress=(seen if seen is not None else []).append,
        sleep=lambda _: None,
    )


def test_manifests_point_at_the_pictures_and_the_model_is_the_trained_version() -> None:
    bucket, school, seen = Bucket(), School("TRAINING_IN_PROGRESS", "TRAINING_COMPLETED"), []  # type: ignore[var-annotated]
    pictures = files(10)

    taught = learn(plan_of(pictures), pictures, bucket, school, seen)

    ((name, (train, test, output)),) = school.trained.items()
    assert (taught.model.version, taught.model.arn, taught.f1) == (name, f"arn/stack-acme/{name}", 0.75)
    assert taught.model.min_confidence == 60
    assert output == f"acme/training/{name}"
    manifests = [read_manifest(bucket.objects[key].decode(), file=key) for key in (train, test)]
    assert [len(manifest) for manifest in manifests] == [8, 2]
    for picture in manifests[0] + manifests[1]:
        assert bucket.objects[picture.name.removeprefix("s3://media/")] in pictures.values()
        assert picture.boxes == (LabeledBox(label="Acme", box=BOX),)
    assert next(one.message for one in seen if one.step == "train") == "It is TRAINING_IN_PROGRESS."


def test_a_second_teaching_uploads_nothing_and_trains_nothing() -> None:
    bucket, school, pictures = Bucket(), School("TRAINING_COMPLETED"), files(10)
    first = learn(plan_of(pictures), pictures, bucket, school)
    bucket.writes.clear()

    again = learn(plan_of(pictures), pictures, bucket, school)

    assert again == first
    assert bucket.writes == []
    assert len(school.trained) == 1


def test_other_boxes_on_the_same_pictures_make_another_version_without_uploading_them_again() -> None:
    bucket, school, pictures = Bucket(), School("TRAINING_COMPLETED"), files(10)
    first = learn(plan_of(pictures), pictures, bucket, school)
    bucket.writes.clear()

    other = learn(plan_of(pictures, BOX.model_copy(update={"left": 0.3})), pictures, bucket, school)

    assert other.model.version != first.model.version
    assert all(key.endswith(".manifest") for key in bucket.writes)


def test_a_failed_training_says_why_and_the_next_attempt_has_a_name_of_its_own() -> None:
    bucket, school, pictures = Bucket(), School("TRAINING_FAILED"), files(10)

    for _ in range(2):
        with pytest.raises(ModelFailed, match="It is TRAINING_FAILED"):
            learn(plan_of(pictures), pictures, bucket, school)

    first, second = school.trained
    assert second == f"{first}-2"


def rotated(width: int, height: int) -> bytes:
    body = io.BytesIO()
    image = Image.new("RGB", (width, height))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(body, "JPEG", exif=exif)
    return body.getvalue()


def test_a_turned_picture_has_the_size_it_is_shown_in() -> None:
    pictures = files(10) | {"0.png": rotated(80, 100)}

    learn(plan_of(pictures), pictures, Bucket(), School("TRAINING_COMPLETED"))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "cannot be read as JPEG or PNG"),
        (b"GIF89a nonsense", "cannot be read as JPEG or PNG"),
        (rotated(100, 80), "it is 80 x 100 pixels, and its labels are for 100 x 80"),
        (files(1)["0.png"] + bytes(15 * 1024 * 1024), "15728640 are the most"),
        (files(2)["1.png"], r"it is the very picture of \d\.png"),
    ],
)
def test_a_file_that_is_not_the_labeled_picture_is_refused_before_any_training(body: bytes, why: str) -> None:
    pictures = files(10)
    plan = plan_of(pictures)
    school = School("TRAINING_COMPLETED")

    with pytest.raises(InvalidLabels, match=why):
        learn(plan, pictures | {"0.png": body}, Bucket(), school)

    assert school.trained == {}


def test_manifest_lines_are_json_for_custom_labels() -> None:
    bucket, school, pictures = Bucket(), School("TRAINING_COMPLETED"), files(4)

    learn(plan_of(pictures), pictures, bucket, school)

    ((train, _, _),) = school.trained.values()
    line = json.loads(bucket.objects[train].split(b"\n")[0])
    assert line["bounding-box"]["annotations"] == [
        {"class_id": 0, "left": 25, "top": 20, "width": 50, "height": 40}
    ]
