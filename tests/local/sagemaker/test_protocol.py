import urllib.request
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.services.sagemaker.operations import OPERATIONS, WIRE
from tests.local import beside_emulator
from tests.local.sagemaker.requests import Labeling, request, unique


def code_of(refused: pytest.ExceptionInfo[ClientError]) -> str:
    return refused.value.response["Error"]["Code"]


def test_every_operation_is_one_of_the_services_own() -> None:
    assert set(OPERATIONS) <= set(WIRE.model.operation_names)


def test_an_api_call_without_a_signature_is_refused(labeling: Labeling) -> None:
    status, reply = labeling.ask("POST", "/", {}, {"X-Amz-Target": "SageMaker.ListWorkteams"})

    assert (status, reply["__type"]) == (400, "MissingAuthenticationTokenException")


def test_an_operation_that_is_not_served_is_named(labeling: Labeling) -> None:
    with pytest.raises(ClientError) as refused:
        labeling.sagemaker.list_training_jobs()

    assert code_of(refused) == "UnknownOperationException"


def test_the_health_page_tells_the_state_of_each_job(labeling: Labeling) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))

    with urllib.request.urlopen(f"{labeling.url}/health") as answer:
        told = answer.read().decode()

    assert f'{labeling.describe(name)["LabelingJobArn"]}": "InProgress"' in told


def test_a_private_team_of_the_one_workforce_is_there_from_the_start(labeling: Labeling) -> None:
    site = labeling.url.removeprefix("http://")

    team = labeling.sagemaker.describe_workteam(WorkteamName="labelers")["Workteam"]
    workforces = labeling.sagemaker.list_workforces()["Workforces"]
    workforce = labeling.sagemaker.describe_workforce(WorkforceName="default")["Workforce"]

    assert team["SubDomain"] == workforce["SubDomain"] == site
    assert team["WorkteamArn"].endswith(":workteam/private-crowd/labelers")
    assert (
        [one["WorkforceArn"] for one in workforces] == [workforce["WorkforceArn"]] == [team["WorkforceArn"]]
    )
    with pytest.raises(ClientError) as missing:
        labeling.sagemaker.describe_workforce(WorkforceName="other")
    assert code_of(missing) == "ResourceNotFound"


def test_a_team_is_made_once_listed_and_described(labeling: Labeling) -> None:
    name = unique("team")
    members = [{"CognitoMemberDefinition": {"UserPool": "p_1", "UserGroup": "people", "ClientId": "c"}}]
    asked: Any = {"WorkteamName": name, "Description": "People", "MemberDefinitions": members}

    arn = labeling.sagemaker.create_workteam(**asked)["WorkteamArn"]

    listed = labeling.sagemaker.list_workteams(NameContains=name, SortBy="Name")["Workteams"]
    assert [team["WorkteamArn"] for team in listed] == [arn]
    assert listed[0]["MemberDefinitions"] == members
    with pytest.raises(ClientError) as twice:
        labeling.sagemaker.create_workteam(**asked)
    assert code_of(twice) == "ResourceInUse"
    with pytest.raises(ClientError) as missing:
        labeling.sagemaker.describe_workteam(WorkteamName=unique("nobody"))
    assert code_of(missing) == "ResourceNotFound"


def test_a_job_is_described_as_it_was_asked_for(labeling: Labeling) -> None:
    asked = request(unique("Job"), "BoundingBox", team=labeling.team, manifest=labeling.images(2))

    arn = labeling.sagemaker.create_labeling_job(**asked)["LabelingJobArn"]
    told = labeling.describe(asked["LabelingJobName"])

    assert arn == told["LabelingJobArn"]
    assert arn.endswith(f":labeling-job/{asked['LabelingJobName'].lower()}")
    assert {name: told[name] for name in asked} == asked


def test_a_job_name_is_taken_once_whatever_its_case(labeling: Labeling) -> None:
    asked = request(unique("job"), "BoundingBox", team=labeling.team, manifest=labeling.images(1))
    labeling.sagemaker.create_labeling_job(**asked)

    with pytest.raises(ClientError) as twice:
        labeling.sagemaker.create_labeling_job(
            **{**asked, "LabelingJobName": asked["LabelingJobName"].upper()}
        )

    assert code_of(twice) == "ResourceInUse"


def test_jobs_are_listed_page_by_page_filtered_and_in_order(labeling: Labeling) -> None:
    part = unique("listed")
    names = [f"{part}-{number}" for number in range(3)]
    for name in names:
        labeling.sagemaker.create_labeling_job(
            **request(name, "BoundingBox", team=labeling.team, manifest=labeling.images(1))
        )
    ask: Any = {"NameContains": part, "SortBy": "CreationTime", "SortOrder": "Descending"}

    pages = list(
        labeling.sagemaker.get_paginator("list_labeling_jobs").paginate(
            **ask, PaginationConfig={"PageSize": 2}
        )
    )
    first = pages[-1]["LabelingJobSummaryList"][0]
    later = labeling.sagemaker.list_labeling_jobs(CreationTimeAfter=first["CreationTime"], **ask)
    failed = labeling.sagemaker.list_labeling_jobs(StatusEquals="Failed", **ask)

    listed = [[job["LabelingJobName"] for job in page["LabelingJobSummaryList"]] for page in pages]
    assert listed == [names[:0:-1], names[:1]]
    assert len(later["LabelingJobSummaryList"]) == 3
    assert failed["LabelingJobSummaryList"] == []
    with pytest.raises(ClientError) as refused:
        labeling.sagemaker.list_labeling_jobs(NextToken="nonsense")
    assert code_of(refused) == "ValidationException"


def test_another_region_knows_nothing_of_a_job(labeling: Labeling) -> None:
    name = labeling.create("BoundingBox", labeling.images(1))
    elsewhere = beside_emulator.client("sagemaker", labeling.url, region="eu-west-1")

    with pytest.raises(ClientError) as missing:
        elsewhere.describe_labeling_job(LabelingJobName=name)

    assert code_of(missing) == "ResourceNotFound"
    assert elsewhere.list_labeling_jobs()["LabelingJobSummaryList"] == []
