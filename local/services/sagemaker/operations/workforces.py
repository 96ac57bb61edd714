"""CreateWorkforce, DescribeWorkforce, ListWorkforces, DeleteWorkforce: a region has one private workforce at
most."""

from typing import Any

from local.services.aws_json.signature import Caller
from local.services.sagemaker.context import Context, arn_prefix
from local.services.sagemaker.errors import in_use, invalid, not_found
from local.services.sagemaker.records import WorkforceRecord, WorkteamRecord


def create(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    if "CognitoConfig" not in params:
        raise invalid("A workforce needs a CognitoConfig: others are not served here.")
    arn = f"{arn_prefix(caller)}workforce/{params['WorkforceName']}"
    with context.store.lock:
        there = of_region(context, caller)
        if there is not None:
            raise in_use(f"This region has a private workforce already, {there.name}.")
        context.store.put(
            WorkforceRecord(
                arn=arn,
                created_at=context.now(),
                name=params["WorkforceName"],
                cognito=params["CognitoConfig"],
            )
        )
    return {"WorkforceArn": arn}


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    return {"Workforce": _workforce(context, _known(context, caller, params["WorkforceName"]))}


def list_all(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    there = of_region(context, caller)
    wanted = there is not None and params.get("NameContains", "").lower() in there.name.lower()
    return {"Workforces": [_workforce(context, there)] if there and wanted else []}


def delete(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        workforce = _known(context, caller, params["WorkforceName"])
        if context.store.every(WorkteamRecord, arn_prefix(caller)):
            raise in_use(f"The workforce {workforce.name} has work teams, which are to be deleted first.")
        context.store.remove(workforce.arn)
    return {}


def of_region(context: Context, caller: Caller) -> WorkforceRecord | None:
    """Return the workforce of the caller's region, None before one is made."""
    return next(iter(context.store.every(WorkforceRecord, arn_prefix(caller))), None)


def _known(context: Context, caller: Caller, name: str) -> WorkforceRecord:
    there = of_region(context, caller)
    if there is None or there.name != name:
        raise not_found(f"the workforce {name}")
    return there


def _workforce(context: Context, workforce: WorkforceRecord) -> dict[str, Any]:
    return {
        "WorkforceName": workforce.name,
        "WorkforceArn": workforce.arn,
        "SubDomain": context.site,
        "CognitoConfig": workforce.cognito,
        "CreateDate": workforce.created_at,
        "Status": "Active",
    }
