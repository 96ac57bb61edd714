import io
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError
from PIL import Image

from brandlens.labels.geometry import PixelBox
from tests.local.rekognition import teaching
from tests.local.rekognition.conftest import Serve

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_s3 import S3Client

RED, BLUE = ("Red", PixelBox(20, 40, 60, 20)), ("Blue", PixelBox(120, 90, 40, 30))


@pytest.fixture(scope="module")
def model(client: "RekognitionClient", s3: "S3Client") -> teaching.TrainedModel:
    return teaching.running_model(client, s3)


def refusal(client: "RekognitionClient", model: teaching.TrainedModel, image: bytes) -> str:
    with pytest.raises(ClientError) as refused:
        client.detect_custom_labels(ProjectVersionArn=model.version, Image={"Bytes": image})
    return teaching.error_code(refused)


def test_a_running_model_finds_what_it_was_taught(
    client: "RekognitionClient", model: teaching.TrainedModel
) -> None:
    image = teaching.picture(RED, BLUE)

    found = client.detect_custom_labels(
        ProjectVersionArn=model.version, Image={"Bytes": image}, MinConfidence=50
    )

    boxes = {one["Name"]: one["Geometry"]["BoundingBox"] for one in found["CustomLabels"]}
    assert boxes["Red"] == pytest.approx({"Left": 0.1, "Top": 0.25, "Width": 0.3, "Height": 0.125})
    assert set(boxes) == {"Red", "Blue"}
    assert all(90 < one["Confidence"] <= 100 for one in found["CustomLabels"])


def test_a_jpeg_in_s3_gives_the_same_boxes_as_its_bytes(
    client: "RekognitionClient", s3: "S3Client", model: teaching.TrainedModel
) -> None:
    image = teaching.picture(RED, kind="JPEG")
    name = teaching.unique("stills/ä+b%20c.jpg")
    s3.put_object(Bucket=teaching.BUCKET, Key=name, Body=image)

    of_object = client.detect_custom_labels(
        ProjectVersionArn=model.version, Image={"S3Object": {"Bucket": teaching.BUCKET, "Name": name}}
    )
    of_bytes = client.detect_custom_labels(ProjectVersionArn=model.version, Image={"Bytes": image})

    assert of_object["CustomLabels"]
    assert of_object["CustomLabels"] == of_bytes["CustomLabels"]


def test_the_best_results_are_kept_and_the_weak_left_out(
    client: "RekognitionClient", model: teaching.TrainedModel
) -> None:
    image = {"Bytes": teaching.picture(RED, BLUE)}

    one = client.detect_custom_labels(ProjectVersionArn=model.version, Image=image, MaxResults=1)
    everything = client.detect_custom_labels(ProjectVersionArn=model.version, Image=image, MinConfidence=0)
    faded = Image.new("RGB", (200, 160), (200, 50, 50))
    body = io.BytesIO()
    faded.save(body, "PNG")
    weak = client.detect_custom_labels(
        ProjectVersionArn=model.version, Image={"Bytes": body.getvalue()}, MinConfidence=50
    )
    none = client.detect_custom_labels(
        ProjectVersionArn=model.version, Image={"Bytes": body.getvalue()}, MinConfidence=90
    )

    assert one["CustomLabels"] == everything["CustomLabels"][:1]
    assert 50 < weak["CustomLabels"][0]["Confidence"] < 90
    assert none["CustomLabels"] == []


def test_pictures_beyond_the_limits_are_refused(
    client: "RekognitionClient", model: teaching.TrainedModel
) -> None:
    gif = io.BytesIO()
    Image.new("RGB", (100, 100)).save(gif, "GIF")
    heavy = teaching.picture(RED) + bytes(4 * 1024 * 1024)

    assert refusal(client, model, b"no picture at all") == "InvalidImageFormatException"
    assert refusal(client, model, gif.getvalue()) == "InvalidImageFormatException"
    assert refusal(client, model, teaching.picture(size=(4097, 100))) == "ImageTooLargeException"
    assert refusal(client, model, teaching.picture(size=(63, 100))) == "InvalidParameterException"
    assert refusal(client, model, heavy) == "ImageTooLargeException"


def test_limits_themselves_are_within_the_limits(
    client: "RekognitionClient", s3: "S3Client", model: teaching.TrainedModel
) -> None:
    for size in ((64, 64), (4096, 64)):
        client.detect_custom_labels(
            ProjectVersionArn=model.version, Image={"Bytes": teaching.picture(size=size)}
        )
    heavy = teaching.picture(RED) + bytes(5 * 1024 * 1024)
    s3.put_object(Bucket=teaching.BUCKET, Key="heavy.png", Body=heavy)

    found = client.detect_custom_labels(
        ProjectVersionArn=model.version,
        Image={"S3Object": {"Bucket": teaching.BUCKET, "Name": "heavy.png"}},
    )

    assert [one["Name"] for one in found["CustomLabels"]] == ["Red"]


def test_an_object_that_is_not_there_is_named(
    client: "RekognitionClient", model: teaching.TrainedModel
) -> None:
    with pytest.raises(ClientError, match="no such") as missing:
        client.detect_custom_labels(
            ProjectVersionArn=model.version,
            Image={"S3Object": {"Bucket": teaching.BUCKET, "Name": "no such.png"}},
        )

    assert teaching.error_code(missing) == "InvalidS3ObjectException"


def test_a_model_answers_only_while_it_runs_and_may_be_started_again(
    serve: Serve, s3: "S3Client", tmp_path: Path
) -> None:
    with serve(tmp_path, start_seconds=2) as service:
        client = service.client()
        model = teaching.trained_model(client, s3)
        image = teaching.picture(RED)

        def status() -> str:
            (found,) = client.describe_project_versions(ProjectArn=model.project)[
                "ProjectVersionDescriptions"
            ]
            return found["Status"]

        assert refusal(client, model, image) == "ResourceNotReadyException"
        for _ in range(2):
            client.start_project_version(ProjectVersionArn=model.version, MinInferenceUnits=1)
            assert status() == "STARTING"
            assert refusal(client, model, image) == "ResourceNotReadyException"
            with pytest.raises(ClientError) as starting:
                client.start_project_version(ProjectVersionArn=model.version, MinInferenceUnits=1)
            assert teaching.error_code(starting) == "ResourceInUseException"
            teaching.wait_for(client, model.project, model.name, "RUNNING")
            client.detect_custom_labels(ProjectVersionArn=model.version, Image={"Bytes": image})
            with pytest.raises(ClientError) as running:
                client.delete_project_version(ProjectVersionArn=model.version)
            assert teaching.error_code(running) == "ResourceInUseException"
            client.stop_project_version(ProjectVersionArn=model.version)
            assert status() == "STOPPING"
            assert refusal(client, model, image) == "ResourceNotReadyException"
            teaching.wait_for(client, model.project, model.name, "STOPPED")


def test_a_model_whose_files_are_gone_fails_to_start_and_says_so(
    serve: Serve, s3: "S3Client", tmp_path: Path
) -> None:
    with serve(tmp_path) as service:
        client = service.client()
        model = teaching.trained_model(client, s3)
        (colours,) = tmp_path.glob("models/*/model/colours.json")
        colours.unlink()

        client.start_project_version(ProjectVersionArn=model.version, MinInferenceUnits=1)
        failed = teaching.wait_for(client, model.project, model.name, "FAILED", "RUNNING")

    assert failed["Status"] == "FAILED"
    assert "it has no colours" in failed["StatusMessage"]


def test_a_killed_service_comes_back_with_its_model_running(
    serve: Serve, s3: "S3Client", tmp_path: Path
) -> None:
    with serve(tmp_path) as service:
        model = teaching.running_model(service.client(), s3)
        service.process.kill()
        service.process.wait()

    with serve(tmp_path) as service:
        client = service.client()
        (found,) = client.describe_project_versions(ProjectArn=model.project)["ProjectVersionDescriptions"]
        labels = client.detect_custom_labels(
            ProjectVersionArn=model.version, Image={"Bytes": teaching.picture(BLUE)}
        )["CustomLabels"]

    assert found["Status"] == "RUNNING"
    assert found["MinInferenceUnits"] == 1
    assert [one["Name"] for one in labels] == ["Blue"]


def test_calls_beyond_the_inference_units_are_throttled(serve: Serve, s3: "S3Client", tmp_path: Path) -> None:
    with serve(tmp_path, calls_per_second_per_unit=0.01) as service:
        client = service.client()
        model = teaching.trained_model(client, s3)
        client.start_project_version(
            ProjectVersionArn=model.version, MinInferenceUnits=1, MaxInferenceUnits=3
        )
        started = teaching.wait_for(client, model.project, model.name, "RUNNING")
        image = teaching.picture(RED)
        client.detect_custom_labels(ProjectVersionArn=model.version, Image={"Bytes": image})

        assert refusal(client, model, image) == "ProvisionedThroughputExceededException"
        assert (started["MinInferenceUnits"], started["MaxInferenceUnits"]) == (1, 3)


def test_more_units_than_the_quota_or_fewer_at_most_than_at_least_are_refused(
    client: "RekognitionClient", s3: "S3Client"
) -> None:
    model = teaching.trained_model(client, s3)

    with pytest.raises(ClientError) as many:
        client.start_project_version(ProjectVersionArn=model.version, MinInferenceUnits=6)
    with pytest.raises(ClientError) as crossed:
        client.start_project_version(
            ProjectVersionArn=model.version, MinInferenceUnits=3, MaxInferenceUnits=2
        )

    assert teaching.error_code(many) == "LimitExceededException"
    assert teaching.error_code(crossed) == "InvalidParameterException"


def test_deleting_a_version_takes_its_model_away_and_frees_its_project(
    client: "RekognitionClient", s3: "S3Client"
) -> None:
    model = teaching.trained_model(client, s3)
    with pytest.raises(ClientError) as full:
        client.delete_project(ProjectArn=model.project)

    assert client.delete_project_version(ProjectVersionArn=model.version)["Status"] == "DELETING"
    while client.describe_project_versions(ProjectArn=model.project)["ProjectVersionDescriptions"]:
        time.sleep(0.05)
    client.delete_project(ProjectArn=model.project)

    assert teaching.error_code(full) == "ResourceInUseException"
    with pytest.raises(ClientError) as gone:
        client.describe_project_versions(ProjectArn=model.project)
    assert teaching.error_code(gone) == "ResourceNotFoundException"
