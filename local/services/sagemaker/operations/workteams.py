"""CreateWorkteam, UpdateWorkteam, DescribeWorkteam, ListWorkteams, DeleteWorkteam: teams of the workforce."""

from typing import Any

from local.services.aws_json.paging import page
from local.services.aws_json.signature import Caller
from local.services.sagemaker.context import Context, arn_prefix
from local.services.sagemaker.errors import in_use, invalid, not_found
from local.services.sagemaker.operations import workforces
from local.services.sagemaker.operations.sorting import in_order
from local.services.sagemaker.records import WorkteamRecord

_CHANGEABLE = {
    "Description": "description",
    "MemberDefinitions": "members",
    "NotificationConfiguration": "notifications",
}


def create(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        workforce = workforces.of_region(context, caller)
        if workforce is None or params.get("WorkforceName", workforce.name) != workforce.name:
            raise invalid(f"There is no workforce {params.get('WorkforceName', '')} in this region.")
        arn = _arn(caller, params["WorkteamName"])
        if context.store.exists(arn):
            raise in_use(f"A work team with the name {params['WorkteamName']} already exists.")
        context.store.put(
            WorkteamRecord(
                arn=arn,
                created_at=context.now(),
                name=params["WorkteamName"],
                workforce=workforce.arn,
                description=params["Description"],
                members=params["MemberDefinitions"],
                notifications=params.get("NotificationConfiguration"),
            )
        )
        context.store.tag(arn, {tag["Key"]: tag["Value"] for tag in params.get("Tags", [])})
    return {"WorkteamArn": arn}


def update(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    changes = {ours: params[theirs] for theirs, ours in _CHANGEABLE.items() if theirs in params}
    with context.store.lock:
        changed = _known(context, caller, params).model_copy(update=changes)
        context.store.put(changed)
    return {"Workteam": _workteam(context, changed)}


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    return {"Workteam": _workteam(context, _known(context, caller, params))}


def list_all(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    teams = in_order(
        context.store.every(WorkteamRecord, arn_prefix(caller)),
        params,
        {"Name": lambda team: team.name, "CreateDate": lambda team: team.created_at},
        default="CreateDate",
    )
    shown, token = page(teams, params, refusal="ValidationException")
    return {"Workteams": [_workteam(context, team) for team in shown], **token}


def delete(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        context.store.remove(_known(context, caller, params).arn)
    return {"Success": True}


def exists(context: Context, caller: Caller, arn: str) -> bool:
    return arn.startswith(arn_prefix(caller)) and context.store.get(WorkteamRecord, arn) is not None


def _known(context: Context, caller: Caller, params: dict[str, Any]) -> WorkteamRecord:
    team = context.store.get(WorkteamRecord, _arn(caller, params["WorkteamName"]))
    if team is None:
        raise not_found(f"the work team {params['WorkteamName']}")
    return team


def _arn(caller: Caller, name: str) -> str:
    return f"{arn_prefix(caller)}workteam/private-crowd/{name}"


def _workteam(context: Context, team: WorkteamRecord) -> dict[str, Any]:
    described = {
        "WorkteamName": team.name,
        "MemberDefinitions": team.members,
        "WorkteamArn": team.arn,
        "WorkforceArn": team.workforce,
        "Description": team.description,
        "SubDomain": context.site,
        "CreateDate": team.created_at,
        "LastUpdatedDate": team.created_at,
        "NotificationConfiguration": team.notifications,
    }
    return {name: value for name, value in described.items() if value is not None}
