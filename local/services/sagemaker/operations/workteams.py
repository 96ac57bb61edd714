"""CreateWorkteam, DescribeWorkteam, ListWorkteams: teams of the private workforce."""

from typing import Any

from local.services.aws_json.paging import page
from local.services.aws_json.signature import Caller
from local.services.sagemaker.context import Context, arn_prefix
from local.services.sagemaker.errors import in_use, invalid, not_found
from local.services.sagemaker.operations.sorting import in_order
from local.services.sagemaker.operations.workforces import NAME as WORKFORCE
from local.services.sagemaker.operations.workforces import workforce_arn
from local.services.sagemaker.records import WorkteamRecord

DEFAULT = "labelers"
"""The team that is there without being made: whoever sits at this machine."""


def create(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    if params.get("WorkforceName", WORKFORCE) != WORKFORCE:
        raise invalid(f"There is no workforce {params['WorkforceName']} in this region.")
    arn = _arn(caller, params["WorkteamName"])
    with context.store.lock:
        if any(team.arn == arn for team in _teams(context, caller)):
            raise in_use(f"A work team with the name {params['WorkteamName']} already exists.")
        context.store.put(
            WorkteamRecord(
                arn=arn,
                created_at=context.now(),
                name=params["WorkteamName"],
                description=params["Description"],
                members=params["MemberDefinitions"],
                notifications=params.get("NotificationConfiguration"),
            )
        )
        context.store.tag(arn, {tag["Key"]: tag["Value"] for tag in params.get("Tags", [])})
    return {"WorkteamArn": arn}


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    for team in _teams(context, caller):
        if team.name == params["WorkteamName"]:
            return {"Workteam": _workteam(context, caller, team)}
    raise not_found(f"the work team {params['WorkteamName']}")


def list_all(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    teams = in_order(
        _teams(context, caller),
        params,
        {"Name": lambda team: team.name, "CreateDate": lambda team: team.created_at},
        default="CreateDate",
    )
    shown, token = page(teams, params, refusal="ValidationException")
    return {"Workteams": [_workteam(context, caller, team) for team in shown], **token}


def exists(context: Context, caller: Caller, arn: str) -> bool:
    return any(team.arn == arn for team in _teams(context, caller))


def _teams(context: Context, caller: Caller) -> list[WorkteamRecord]:
    with context.store.lock:
        arn = _arn(caller, DEFAULT)
        if not context.store.exists(arn):
            members = [{"OidcMemberDefinition": {"Groups": [DEFAULT]}}]
            context.store.put(
                WorkteamRecord(
                    arn=arn,
                    created_at=context.now(),
                    name=DEFAULT,
                    description="Whoever opens the labeling page on this machine",
                    members=members,
                )
            )
        return context.store.every(WorkteamRecord, arn_prefix(caller))


def _arn(caller: Caller, name: str) -> str:
    return f"{arn_prefix(caller)}workteam/private-crowd/{name}"


def _workteam(context: Context, caller: Caller, team: WorkteamRecord) -> dict[str, Any]:
    described = {
        "WorkteamName": team.name,
        "MemberDefinitions": team.members,
        "WorkteamArn": team.arn,
        "WorkforceArn": workforce_arn(caller),
        "Description": team.description,
        "SubDomain": context.site,
        "CreateDate": team.created_at,
        "LastUpdatedDate": team.created_at,
        "NotificationConfiguration": team.notifications,
    }
    return {name: value for name, value in described.items() if value is not None}
