"""Labels of whole pictures: learned from classification manifests, told without boxes."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from PIL import Image

from brandlens.adapters.rekognition import RekognitionDetector
from brandlens.jobs import Model
from brandlens.labels.image_manifest import ClassifiedPicture, write_image_manifest
from brandlens.labels.second_class import SECOND_CLASS, concept_classes
from brandlens.training.evaluation import read_scores
from tests.local.beside_emulator import KEY, SECRET
from tests.local.rekognition import teaching
from tests.local.rekognition.conftest import Service

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_s3 import S3Client

RED, GREY = (200, 40, 40), (120, 120, 120)


def plain(colour: tuple[int, int, int], shade: int) -> bytes:
    body = BytesIO()
    Image.new("RGB", (80, 64), tuple(part + shade for part in colour)).save(body, "JPEG")
    return body.getvalue()


def put_classified(s3: "S3Client", shades: range, *, label: str | None = SECOND_CLASS) -> dict[str, Any]:
    """Upload red pictures, which show Acme, and grey ones, of the class `label`; return their manifest."""
    pictures = []
    for kind, colour in (("Acme", RED), (label, GREY)):
        for shade in shades:
            name = f"{teaching.unique('classified')}.jpg"
            s3.put_object(Bucket=teaching.BUCKET, Key=name, Body=plain(colour, shade))
            if kind:
                pictures.append(ClassifiedPicture(name=name, labels=(kind,), scene=name))
    body = write_image_manifest(
        pictures,
        concept_classes(["Acme"]),
        source_ref=lambda name: f"s3://{teaching.BUCKET}/{name}",
        job_name="test",
        created_at=teaching.CREATED,
    )
    key = f"{teaching.unique('manifests/c')}.manifest"
    s3.put_object(Bucket=teaching.BUCKET, Key=key, Body=body.encode())
    return {"GroundTruthManifest": {"S3Object": {"Bucket": teaching.BUCKET, "Name": key}}}


def test_a_single_concept_is_learned_beside_a_second_class_that_no_result_shows(
    service: Service,
    client: "RekognitionClient",
    s3: "S3Client",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project = teaching.new_project(client)
    train, test = put_classified(s3, range(0, 8, 2)), put_classified(s3, range(1, 4, 2))
    arn = teaching.begin_training(client, project, train, test)
    done = teaching.wait_for(client, project, "v1", "TRAINING_COMPLETED", "TRAINING_FAILED")
    assert done["Status"] == "TRAINING_COMPLETED", done["StatusMessage"]
    where = done["EvaluationResult"]["Summary"]["S3Object"]
    scores = read_scores(
        s3.get_object(Bucket=where["Bucket"], Key=where["Name"])["Body"].read(), version="v1"
    )
    client.start_project_version(ProjectVersionArn=arn, MinInferenceUnits=1)
    teaching.wait_for(client, project, "v1", "RUNNING")

    answer = client.detect_custom_labels(
        ProjectVersionArn=arn, Image={"Bytes": plain(GREY, 3)}, MinConfidence=1
    )["CustomLabels"]
    monkeypatch.setenv("AWS_ENDPOINT_URL_REKOGNITION", service.url)
    model = Model(detector="rekognition", arn=arn, version="v1", min_confidence=50)
    detector = RekognitionDetector(model, boto3.Session(KEY, SECRET, region_name="us-east-1"))
    (acme,) = detector.detect(plain(RED, 3), min_confidence=50)

    assert answer[0]["Name"] == SECOND_CLASS, "the service itself knows both classes"
    assert not any("Geometry" in label for label in answer)
    assert (acme.label, acme.box) == ("Acme", None)
    assert detector.detect(plain(GREY, 3), min_confidence=50) == ()
    (score,) = scores.labels
    assert (score.label, score.f1, score.test_pictures, scores.f1) == ("Acme", 1, 2, 1)
    assert (scores.train_pictures, scores.test_pictures) == (8, 4)


def test_a_single_class_cannot_be_told_from_anything(client: "RekognitionClient", s3: "S3Client") -> None:
    project = teaching.new_project(client)
    alone = put_classified(s3, range(3), label=None)
    teaching.begin_training(client, project, alone, alone)
    failed = teaching.wait_for(client, project, "v1", "TRAINING_COMPLETED", "TRAINING_FAILED")
    assert (failed["Status"], failed["StatusMessage"]) == (
        "TRAINING_FAILED",
        "The manifest file has too few labels.",
    )
