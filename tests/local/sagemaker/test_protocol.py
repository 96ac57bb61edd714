import urllib.request
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.services.sagemaker.operations import OPERATIONS, WIRE
from tests.local import beside_emulator
from tests.local.sagemaker.conftest import Serve
from tests.local.sagemaker.requests import TEAM, WORKFORCE, Labeling, request, unique


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


def test_a_region_has_one_private_workforce(labeling: Labeling) -> None:
    sagemaker = labeling.sagemaker
    cognito = {"UserPool": "us-east-1_other", "ClientId": "other"}

    (listed,) = sagemaker.list_workforces()["Workforces"]
    described = sagemaker.describe_workforce(WorkforceName=WORKFORCE)["Workforce"]

    assert listed == described
    assert described["SubDomain"] == labeling.url.removeprefix("http://")
    assert described["CognitoConfig"]["UserPool"] == "us-east-1_pool"
    assert sagemaker.list_workforces(NameContains="none")["Workforces"] == []
    with pytest.raises(ClientError) as second:
        sagemaker.create_workforce(WorkforceName="second", CognitoConfig=cognito)
    assert code_of(second) == "ResourceInUse"
    with pytest.raises(ClientError) as missing:
        sagemaker.describe_workforce(WorkforceName="second")
    assert code_of(missing) == "ResourceNotFound"


def test_a_workforce_goes_after_its_teams(serve: Serve, tmp_path: Path) -> None:
    with serve(tmp_path) as labeling:
        with pytest.raises(ClientError) as refused:
            labeling.sagemaker.delete_workforce(WorkforceName=WORKFORCE)
        assert code_of(refused) == "ResourceInUse"

        assert labeling.sagemaker.delete_workteam(WorkteamName=TEAM)["Success"]
        labeling.sagemaker.delete_workforce(WorkforceName=WORKFORCE)

        assert labeling.sagemaker.list_workforces()["Workforces"] == []
        with pytest.raises(ClientError) as nobody:
            labeling.make_team("others")
        assert code_of(nobody) == "ValidationException"


def test_a_team_is_made_once_listed_changed_and_deleted(labeling: Labeling) -> None:
    sagemaker, name = labeling.sagemaker, unique("team")

    arn = labeling.make_team(name)
    changed = sagemaker.update_workteam(WorkteamName=name, Description="Other people")["Workteam"]
    listed = sagemaker.list_workteams(NameContains=name, SortBy="Name")["Workteams"]

    assert [team["WorkteamArn"] for team in listed] == [changed["WorkteamArn"]] == [arn]
    assert listed[0]["Description"] == "Other people"
    assert listed[0]["MemberDefinitions"][0]["CognitoMemberDefinition"]["UserGroup"] == "people"
    assert listed[0]["WorkforceArn"].endswith(f":workforce/{WORKFORCE}")
    with pytest.raises(ClientError) as twice:
        labeling.make_team(name)
    assert code_of(twice) == "ResourceInUse"
    sagemaker.delete_workteam(WorkteamName=name)
    for act in (sagemaker.describe_workteam, sagemaker.delete_workteam):
        with pytest.raises(ClientError) as missing:
            act(WorkteamName=name)
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
