"""What the adapter makes of Rekognition's answers about trainings."""

from collections.abc import Iterator

import pytest
from botocore.stub import Stubber

from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.errors import Throttled, TooManyTrainings
from brandlens.training.versions import ObjectLocation
from tests.unit.adapters.test_rekognition import PROJECT, VERSION, OneClientSession


@pytest.fixture
def session() -> OneClientSession:
    return OneClientSession()


@pytest.fixture
def rekognition(session: OneClientSession) -> Iterator[Stubber]:
    with Stubber(session.stubbed) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def train(session: OneClientSession) -> str:
    return RekognitionTrainer(session).train(
        PROJECT,
        "v1",
        bucket="media",
        train_manifest="a/train.manifest",
        test_manifest="a/test.manifest",
        output="a/evaluation",
    )


def asset(key: str) -> dict[str, object]:
    return {"Assets": [{"GroundTruthManifest": {"S3Object": {"Bucket": "media", "Name": key}}}]}


def test_a_training_brings_its_own_manifests(session: OneClientSession, rekognition: Stubber) -> None:
    rekognition.add_response(
        "create_project_version",
        {"ProjectVersionArn": VERSION},
        {
            "ProjectArn": PROJECT,
            "VersionName": "v1",
            "OutputConfig": {"S3Bucket": "media", "S3KeyPrefix": "a/evaluation"},
            "TrainingData": asset("a/train.manifest"),
            "TestingData": asset("a/test.manifest"),
        },
    )
    assert train(session) == VERSION


def test_an_account_that_trains_as_much_as_it_may_is_waited_for(
    session: OneClientSession, rekognition: Stubber
) -> None:
    rekognition.add_client_error("create_project_version", "LimitExceededException", "2 are trained.")
    with pytest.raises(TooManyTrainings, match="2 are trained"):
        train(session)


def test_a_throttled_call_is_another_matter(session: OneClientSession, rekognition: Stubber) -> None:
    rekognition.add_client_error("create_project_version", "ThrottlingException")
    with pytest.raises(Throttled):
        train(session)


def test_every_version_of_a_project_is_listed_with_its_evaluation(
    session: OneClientSession, rekognition: Stubber
) -> None:
    project = {"ProjectDescriptions": [{"ProjectArn": PROJECT}]}
    rekognition.add_response("describe_projects", project, {"ProjectNames": ["acme"]})
    older = VERSION.replace("/v1/", "/v0/")
    for page, token in (
        ({"ProjectVersionArn": VERSION, "Status": "TRAINING_IN_PROGRESS", "StatusMessage": "41% done"}, None),
        (
            {
                "ProjectVersionArn": older,
                "Status": "STOPPED",
                "BillableTrainingTimeInSeconds": 3600,
                "EvaluationResult": {
                    "F1Score": 0.8,
                    "Summary": {"S3Object": {"Bucket": "media", "Name": "a/summary.json"}},
                },
            },
            "more",
        ),
    ):
        answer = {"ProjectVersionDescriptions": [page]} | ({"NextToken": "more"} if token is None else {})
        asked = {"ProjectArn": PROJECT} | ({"NextToken": token} if token else {})
        rekognition.add_response("describe_project_versions", answer, asked)

    training, trained = RekognitionTrainer(session).versions("acme")

    assert (training.name, training.percent_done, training.summary) == ("v1", 41, None)
    assert (trained.name, trained.f1, trained.billable_seconds) == ("v0", 0.8, 3600)
    assert trained.summary == ObjectLocation(bucket="media", key="a/summary.json")


def test_a_project_that_was_never_trained_has_no_versions(
    session: OneClientSession, rekognition: Stubber
) -> None:
    rekognition.add_response("describe_projects", {"ProjectDescriptions": []}, {"ProjectNames": ["acme"]})
    assert list(RekognitionTrainer(session).versions("acme")) == []
