"""Projects, manifests and models made in the running service."""

import itertools
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from PIL import Image, ImageDraw

from brandlens.labels.geometry import PixelBox, from_pixels
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledBox, LabeledPicture, labels_of

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_s3 import S3Client

BUCKET = "media"
COLOURS = {"Red": (220, 30, 30), "Blue": (30, 30, 220)}
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
WIDTH, HEIGHT = 200, 160
Patch = tuple[str, PixelBox]
_numbers = itertools.count(1)


def picture(
    *patches: Patch, size: tuple[int, int] = (WIDTH, HEIGHT), kind: str = "PNG", grey: int = 128
) -> bytes:
    """Draw labeled patches on grey."""
    image = Image.new("RGB", size, (grey, grey, grey))
    for label, box in patches:
        right, bottom = box.left + box.width - 1, box.top + box.height - 1
        ImageDraw.Draw(image).rectangle((box.left, box.top, right, bottom), fill=COLOURS[label])
    body = BytesIO()
    image.save(body, kind)
    return body.getvalue()


def labeled(name: str, *patches: Patch, scene: str = "s") -> LabeledPicture:
    boxes = tuple(LabeledBox(label=label, box=from_pixels(box, WIDTH, HEIGHT)) for label, box in patches)
    return LabeledPicture(name=name, width=WIDTH, height=HEIGHT, boxes=boxes, scene=scene)


def unique(stem: str) -> str:
    return f"{stem}-{next(_numbers)}"


def put_manifest(s3: "S3Client", pictures: Iterable[LabeledPicture]) -> dict[str, Any]:
    """Write a manifest of pictures in the bucket and return it as the API takes it."""
    listed = list(pictures)
    body = write_manifest(
        listed,
        labels_of(listed),
        source_ref=lambda name: f"s3://{BUCKET}/{name}",
        job_name="test",
        created_at=CREATED,
    )
    key = f"{unique('manifests/m')}.manifest"
    s3.put_object(Bucket=BUCKET, Key=key, Body=body.encode())
    return {"GroundTruthManifest": {"S3Object": {"Bucket": BUCKET, "Name": key}}}


def patches(count: int) -> list[tuple[Patch, ...]]:
    """Where the red and blue patches of `count` pictures are; every fourth picture is empty."""
    return [
        ()
        if number % 4 == 3
        else (
            ("Red", PixelBox(10 + 7 * number, 20, 30, 20)),
            ("Blue", PixelBox(120 - 3 * number, 90, 40, 30)),
        )
        for number in range(count)
    ]


def wait_for(client: "RekognitionClient", project: str, version: str, *statuses: str) -> dict[str, Any]:
    """Poll until the version has one of `statuses`."""
    deadline = time.monotonic() + 60
    while True:
        (found,) = client.describe_project_versions(ProjectArn=project, VersionNames=[version])[
            "ProjectVersionDescriptions"
        ]
        if found["Status"] in statuses:
            return dict(found)
        assert time.monotonic() < deadline, f"{version} is {found['Status']}: {found['StatusMessage']}"
        time.sleep(0.05)


def put_pictures(s3: "S3Client", count: int) -> list[LabeledPicture]:
    """Upload `count` pictures with their patches and return their labels."""
    folder = unique("pictures")
    made = []
    for number, drawn in enumerate(patches(count)):
        name = f"{folder}/{number} ü+%20.png"
        s3.put_object(Bucket=BUCKET, Key=name, Body=picture(*drawn))
        made.append(labeled(name, *drawn))
    return made


def new_project(client: "RekognitionClient") -> str:
    return client.create_project(ProjectName=unique("project"))["ProjectArn"]


def begin_training(
    client: "RekognitionClient",
    project: str,
    train: dict[str, Any],
    test: dict[str, Any] | None,
    name: str = "v1",
) -> str:
    """Begin a training from manifests, or with a test split off; return the version's ARN."""
    return client.create_project_version(
        ProjectArn=project,
        VersionName=name,
        OutputConfig={"S3Bucket": BUCKET, "S3KeyPrefix": "output/"},
        TrainingData={"Assets": [train]},
        TestingData={"AutoCreate": True} if test is None else {"Assets": [test]},
    )["ProjectVersionArn"]


@dataclass(frozen=True)
class TrainedModel:
    project: str
    version: str
    name: str


def trained_model(client: "RekognitionClient", s3: "S3Client") -> TrainedModel:
    """Train a model of red and blue patches."""
    project = new_project(client)
    pictures = put_pictures(s3, 8)
    version = begin_training(client, project, put_manifest(s3, pictures[:5]), put_manifest(s3, pictures[5:]))
    wait_for(client, project, "v1", "TRAINING_COMPLETED")
    return TrainedModel(project, version, "v1")


def running_model(client: "RekognitionClient", s3: "S3Client") -> TrainedModel:
    model = trained_model(client, s3)
    client.start_project_version(ProjectVersionArn=model.version, MinInferenceUnits=1)
    wait_for(client, model.project, model.name, "RUNNING")
    return model


def error_code(raised: pytest.ExceptionInfo[ClientError]) -> str:
    return raised.value.response["Error"]["Code"]
