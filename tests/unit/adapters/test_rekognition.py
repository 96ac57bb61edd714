"""What the adapter makes of Rekognition's answers; the local service's tests cover real conversations."""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from brandlens.adapters.rekognition import RekognitionDetector, RekognitionModels
from brandlens.errors import (
    AccessRefused,
    BrandlensError,
    InvalidInput,
    ModelFailed,
    ModelNotReady,
    NotFound,
    ServiceUnavailable,
    Throttled,
)
from brandlens.inference import Units
from brandlens.jobs import Model
from brandlens.labels.second_class import SECOND_CLASS

PROJECT = "arn:aws:rekognition:us-east-1:123456789012:project/acme/1700000000000"
VERSION = "arn:aws:rekognition:us-east-1:123456789012:project/acme/version/v1/1700000000001"
MODEL = Model(detector="rekognition", arn=VERSION, version="v1", min_confidence=50)


class OneClientSession(boto3.Session):
    """A session whose clients are one stubbed client."""

    def __init__(self) -> None:
        super().__init__("key", "secret", region_name="us-east-1")
        self.stubbed = super().client("rekognition")

    def client(self, *_: Any, **__: Any) -> Any:
        return self.stubbed


@pytest.fixture
def session() -> OneClientSession:
    return OneClientSession()


@pytest.fixture
def rekognition(session: OneClientSession) -> Iterator[Stubber]:
    with Stubber(session.stubbed) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def status_is(stubber: Stubber, status: str | None, *, units: int = 1) -> None:
    """Have the next look at the version find it in `status`, or not at all."""
    stubber.add_response(
        "describe_projects", {"ProjectDescriptions": [{"ProjectArn": PROJECT}]}, {"ProjectNames": ["acme"]}
    )
    version = {"ProjectVersionArn": VERSION, "Status": status, "MinInferenceUnits": units}
    found = [] if status is None else [version]
    stubber.add_response(
        "describe_project_versions",
        {"ProjectVersionDescriptions": found},
        {"ProjectArn": PROJECT, "VersionNames": ["v1"]},
    )


def test_the_second_class_of_a_single_concept_is_in_no_answer(
    session: OneClientSession, rekognition: Stubber
) -> None:
    rekognition.add_response(
        "detect_custom_labels",
        {
            "CustomLabels": [
                {"Name": SECOND_CLASS, "Confidence": 98.0},
                {"Name": "Acme", "Confidence": 61.5},
            ]
        },
    )

    (found,) = RekognitionDetector(MODEL, session).detect(b"jpeg", min_confidence=60)

    assert found.label == "Acme"


def test_labels_come_with_their_boxes_in_descending_confidence(
    session: OneClientSession, rekognition: Stubber
) -> None:
    box = {"Left": 0.1, "Top": 0.2, "Width": 0.3, "Height": 0.4}
    rekognition.add_response(
        "detect_custom_labels",
        {
            "CustomLabels": [
                {"Name": "Concept", "Confidence": 61.5},
                {"Name": "Acme", "Confidence": 98.0, "Geometry": {"BoundingBox": box}},
            ]
        },
        {"ProjectVersionArn": VERSION, "Image": {"Bytes": b"jpeg"}, "MinConfidence": 60},
    )

    found = RekognitionDetector(MODEL, session).detect(b"jpeg", min_confidence=60)

    assert [(one.label, one.confidence) for one in found] == [("Acme", 98.0), ("Concept", 61.5)]
    assert found[0].box is not None
    assert found[0].box.model_dump() == {"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.4}
    assert found[1].box is None


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("ProvisionedThroughputExceededException", 400, Throttled),
        ("ThrottlingException", 500, Throttled),
        ("ResourceNotReadyException", 400, ModelNotReady),
        ("InternalServerError", 500, ServiceUnavailable),
        ("AccessDeniedException", 400, AccessRefused),
        ("ResourceNotFoundException", 400, ModelFailed),
        ("InvalidImageFormatException", 400, ModelFailed),
        ("ImageTooLargeException", 400, ModelFailed),
        ("LimitExceededException", 400, InvalidInput),
    ],
)
def test_an_answer_without_labels_becomes_the_error_that_tells_what_to_do(
    session: OneClientSession, rekognition: Stubber, code: str, status: int, expected: type[BrandlensError]
) -> None:
    rekognition.add_client_error("detect_custom_labels", code, "because.", status)

    with pytest.raises(expected, match=r"Model version v1 could not be asked: .*because\.") as raised:
        RekognitionDetector(MODEL, session).detect(b"jpeg", min_confidence=50)

    assert raised.value.__cause__ is not None


@pytest.mark.parametrize("tries", [1, 12])
def test_a_picture_is_asked_about_as_often_as_told(tries: int) -> None:
    session = boto3.Session("key", "secret", region_name="us-east-1")
    detector = RekognitionDetector(MODEL, session, tries=tries)
    assert detector._client.meta.config.retries["total_max_attempts"] == tries


def test_the_status_is_that_of_the_version(session: OneClientSession, rekognition: Stubber) -> None:
    status_is(rekognition, "STARTING")

    assert RekognitionModels(session).status(MODEL) == "STARTING"


def test_the_status_of_a_version_or_project_that_was_deleted_is_not_found(
    session: OneClientSession, rekognition: Stubber
) -> None:
    status_is(rekognition, None)
    rekognition.add_response("describe_projects", {"ProjectDescriptions": []})

    for _ in range(2):
        with pytest.raises(NotFound, match="acme"):
            RekognitionModels(session).status(MODEL)


def test_a_model_is_started_with_its_inference_units(session: OneClientSession, rekognition: Stubber) -> None:
    wanted = {"ProjectVersionArn": VERSION, "MinInferenceUnits": 3, "MaxInferenceUnits": 5}
    rekognition.add_response("start_project_version", {"Status": "STARTING"}, wanted)

    assert RekognitionModels(session).start(MODEL, Units(least=3, most=5))


def test_a_model_tells_the_units_it_was_started_with(session: OneClientSession, rekognition: Stubber) -> None:
    status_is(rekognition, "RUNNING", units=3)

    assert RekognitionModels(session).units(MODEL) == 3


def start(models: RekognitionModels) -> None:
    assert not models.start(MODEL, Units(least=1, most=2))


def stop(models: RekognitionModels) -> None:
    models.stop(MODEL)


@pytest.mark.parametrize(
    ("act", "operation", "status"),
    [
        (start, "start_project_version", "STARTING"),
        (start, "start_project_version", "RUNNING"),
        (stop, "stop_project_version", "STOPPING"),
        (stop, "stop_project_version", "STOPPED"),
    ],
)
def test_what_is_done_already_is_not_done_twice(
    session: OneClientSession,
    rekognition: Stubber,
    act: Callable[[RekognitionModels], None],
    operation: str,
    status: str,
) -> None:
    rekognition.add_client_error(operation, "ResourceInUseException", http_status_code=400)
    status_is(rekognition, status)

    act(RekognitionModels(session))


@pytest.mark.parametrize(
    ("act", "operation", "status", "expected"),
    [
        (start, "start_project_version", "STOPPING", InvalidInput),
        (stop, "stop_project_version", "STARTING", ModelNotReady),
        (stop, "stop_project_version", "DELETING", InvalidInput),
    ],
)
def test_a_state_that_forbids_it_is_an_error(
    session: OneClientSession,
    rekognition: Stubber,
    act: Callable[[RekognitionModels], None],
    operation: str,
    status: str,
    expected: type[BrandlensError],
) -> None:
    rekognition.add_client_error(operation, "ResourceInUseException", http_status_code=400)
    status_is(rekognition, status)

    with pytest.raises(expected):
        act(RekognitionModels(session))
