"""SageMaker's private workforce and its work teams, which `local/services/sagemaker` serves."""

from typing import Any

from botocore.exceptions import ClientError

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, code_of, given, pascal, unless

GONE = "ResourceNotFound"


def put_workforce(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("sagemaker"), inputs["workforceName"]
    cognito = pascal(inputs["cognitoConfig"])
    there = _described(client.describe_workforce, "Workforce", WorkforceName=name)
    if there and there["CognitoConfig"] != cognito:
        delete_workforce(aws, name, inputs)
        there = None
    if there is None:
        client.create_workforce(WorkforceName=name, CognitoConfig=cognito)
        there = client.describe_workforce(WorkforceName=name)["Workforce"]
    return Made(name, {"arn": there["WorkforceArn"], "subdomain": there["SubDomain"]})


def delete_workforce(aws: Aws, name: str, _inputs: Inputs) -> None:
    """Delete the workforce after its teams: a region has one, and none is deleted that has teams."""
    client = aws.client("sagemaker")
    for page in client.get_paginator("list_workteams").paginate():
        for team in page["Workteams"]:
            client.delete_workteam(WorkteamName=team["WorkteamName"])
    with unless(GONE):
        client.delete_workforce(WorkforceName=name)


def put_team(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("sagemaker"), inputs["workteamName"]
    settings = {
        "Description": inputs["description"],
        "MemberDefinitions": pascal(inputs["memberDefinitions"]),
        **given(NotificationConfiguration=pascal(inputs.get("notificationConfiguration"))),
    }
    if _described(client.describe_workteam, "Workteam", WorkteamName=name):
        client.update_workteam(WorkteamName=name, **settings)
    else:
        client.create_workteam(WorkteamName=name, WorkforceName=inputs["workforceName"], **settings)
    team = client.describe_workteam(WorkteamName=name)["Workteam"]
    return Made(name, {"arn": team["WorkteamArn"], "subdomain": team["SubDomain"]})


def delete_team(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("sagemaker").delete_workteam(WorkteamName=name)


def _described(describe: Any, what: str, **name: str) -> Any:
    """Return what is there of that name, None where nothing is."""
    try:
        return describe(**name)[what]
    except ClientError as error:
        if code_of(error) != GONE:
            raise
        return None


KINDS = {
    "aws:sagemaker/workforce:Workforce": Kind(put_workforce, delete_workforce, named_by="workforceName"),
    "aws:sagemaker/workteam:Workteam": Kind(
        put_team, delete_team, named_by="workteamName", replaced_when=("workforceName",)
    ),
}
