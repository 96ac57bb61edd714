import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from local.services.rekognition.operations import OPERATIONS, WIRE
from tests.local.beside_emulator import KEY, SECRET
from tests.local.rekognition import teaching
from tests.local.rekognition.conftest import Serve, Service

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient


def post(
    service: Service, operation: str, body: bytes, *, key: str | None = KEY, scope: str = "rekognition"
) -> Any:
    """Send a hand-made request; return status and answer."""
    headers = {
        "X-Amz-Target": f"RekognitionService.{operation}",
        "Content-Type": "application/x-amz-json-1.1",
    }
    request = botocore.awsrequest.AWSRequest("POST", service.url + "/", headers, body)
    if key is not None:
        credentials = botocore.credentials.Credentials(key, SECRET)
        botocore.auth.SigV4Auth(credentials, scope, "us-east-1").add_auth(request)
    sent = urllib.request.Request(service.url + "/", body, dict(request.headers.items()))
    try:
        with urllib.request.urlopen(sent) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_every_operation_is_one_of_the_services_own() -> None:
    assert set(OPERATIONS) <= set(WIRE.model.operation_names)


def test_a_request_without_a_signature_is_refused(service: Service) -> None:
    status, answer = post(service, "DescribeProjects", b"{}", key=None)

    assert (status, answer["__type"]) == (400, "MissingAuthenticationTokenException")


def test_a_signature_for_another_service_is_refused(service: Service) -> None:
    status, answer = post(service, "DescribeProjects", b"{}", scope="s3")

    assert (status, answer["__type"]) == (400, "InvalidSignatureException")


def test_a_key_that_the_emulator_does_not_know_is_refused(service: Service) -> None:
    with pytest.raises(ClientError) as refused:
        service.client(key="BKIA0000000000000000").describe_projects()

    assert teaching.error_code(refused) == "UnrecognizedClientException"


def test_a_role_session_of_the_emulator_may_call(emulator: str, service: Service) -> None:
    def call(name: str) -> Any:
        return boto3.client(
            name,
            endpoint_url=emulator,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )

    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
    }
    account = call("sts").get_caller_identity()["Account"]
    role = call("iam").create_role(RoleName="detect", AssumeRolePolicyDocument=json.dumps(trust))["Role"][
        "Arn"
    ]
    given = call("sts").assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]

    client = boto3.client(
        "rekognition",
        endpoint_url=service.url,
        region_name="us-east-1",
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )
    project = client.create_project(ProjectName=teaching.unique("session"))["ProjectArn"]

    assert project.startswith(f"arn:aws:rekognition:us-east-1:{account}:project/session-")


@pytest.mark.parametrize(
    ("operation", "body", "code"),
    [
        ("DescribeProjects", b"{", "SerializationException"),
        ("DescribeProjects", b'{"MaxResults": "five"}', "ValidationException"),
        ("DescribeProjects", b'{"MaxResults": 101}', "ValidationException"),
        ("DescribeProjects", b'{"NextToken": "bm9uc2Vuc2U="}', "InvalidPaginationTokenException"),
        ("DescribeProjects", b'{"Limit": 5}', "ValidationException"),
        ("CreateProject", b"{}", "ValidationException"),
        ("CreateProject", b'{"ProjectName": "no spaces"}', "ValidationException"),
        ("CreateProject", b'{"ProjectName": "x", "Feature": "FACES"}', "ValidationException"),
        ("DeleteProject", b'{"ProjectArn": "arn:aws:rekognition:eu:1:nonsense"}', "ValidationException"),
        ("DetectFaces", b"{}", "UnknownOperationException"),
        ("NoSuchThing", b"{}", "UnknownOperationException"),
    ],
)
def test_input_that_the_service_model_forbids_is_refused(
    service: Service, operation: str, body: bytes, code: str
) -> None:
    status, answer = post(service, operation, body)

    assert (status, answer["__type"]) == (400, code)
    assert answer["message"]


def test_projects_are_listed_page_by_page_newest_first(serve: Serve, tmp_path: Path) -> None:
    with serve(tmp_path) as service:
        client = service.client()
        names = [f"p{number}" for number in range(5)]
        for name in names:
            client.create_project(ProjectName=name)

        pages = list(client.get_paginator("describe_projects").paginate(PaginationConfig={"PageSize": 2}))
        only = client.describe_projects(ProjectNames=["p3", "nobody"])["ProjectDescriptions"]
        elsewhere = service.client(region="eu-west-1").describe_projects()["ProjectDescriptions"]

    listed = [one["ProjectArn"].split("/")[1] for page in pages for one in page["ProjectDescriptions"]]
    assert [len(page["ProjectDescriptions"]) for page in pages] == [2, 2, 1]
    assert listed == names[::-1]
    assert [one["ProjectArn"].split("/")[1] for one in only] == ["p3"]
    assert elsewhere == []


def test_a_project_name_is_taken_once(client: "RekognitionClient") -> None:
    name = teaching.unique("once")
    client.create_project(ProjectName=name)

    with pytest.raises(ClientError) as taken:
        client.create_project(ProjectName=name)

    assert teaching.error_code(taken) == "ResourceInUseException"


def test_a_project_has_one_dataset_of_each_kind(client: "RekognitionClient") -> None:
    project = teaching.new_project(client)
    client.create_dataset(ProjectArn=project, DatasetType="TRAIN")

    with pytest.raises(ClientError) as twice:
        client.create_dataset(ProjectArn=project, DatasetType="TRAIN")
    with pytest.raises(ClientError) as untested:
        client.create_project_version(
            ProjectArn=project, VersionName="v", OutputConfig={"S3Bucket": "media", "S3KeyPrefix": ""}
        )

    assert teaching.error_code(twice) == "ResourceAlreadyExistsException"
    assert teaching.error_code(untested) == "InvalidParameterException"


def test_tags_are_kept_changed_and_taken_away(client: "RekognitionClient") -> None:
    project = client.create_project(ProjectName=teaching.unique("tagged"), Tags={"a": "1", "b": "2"})[
        "ProjectArn"
    ]

    client.tag_resource(ResourceArn=project, Tags={"b": "3", "c": "4"})
    client.untag_resource(ResourceArn=project, TagKeys=["a"])

    assert client.list_tags_for_resource(ResourceArn=project)["Tags"] == {"b": "3", "c": "4"}
    with pytest.raises(ClientError) as unknown:
        client.tag_resource(ResourceArn=project + "0", Tags={"a": "1"})
    assert teaching.error_code(unknown) == "ResourceNotFoundException"


def test_the_sdks_own_waiter_sees_a_training_end(client: "RekognitionClient", s3: Any) -> None:
    model = teaching.trained_model(client, s3)

    client.get_waiter("project_version_training_completed").wait(
        ProjectArn=model.project, VersionNames=[model.name], WaiterConfig={"Delay": 1, "MaxAttempts": 3}
    )


def test_an_idle_connection_is_kept_open_for_the_next_call(service: Service) -> None:
    client = boto3.client(
        "rekognition",
        endpoint_url=service.url,
        region_name="us-east-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        config=Config(max_pool_connections=1),
    )

    answers = [client.describe_projects(MaxResults=1) for _ in range(3)]

    assert len({answer["ResponseMetadata"]["RequestId"] for answer in answers}) == 3
    assert all(answer["ResponseMetadata"]["RetryAttempts"] == 0 for answer in answers)
