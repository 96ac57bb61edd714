"""DescribeWorkforce, ListWorkforces: the one private workforce that a region has."""

from typing import Any

from local.services.aws_json.signature import Caller
from local.services.sagemaker.context import Context, arn_prefix
from local.services.sagemaker.errors import not_found

NAME = "default"


def workforce_arn(caller: Caller) -> str:
    return f"{arn_prefix(caller)}workforce/{NAME}"


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    if params["WorkforceName"] != NAME:
        raise not_found(f"the workforce {params['WorkforceName']}")
    return {"Workforce": _workforce(context, caller)}


def list_all(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    wanted = params.get("NameContains", "").lower() in NAME
    return {"Workforces": [_workforce(context, caller)] if wanted else []}


def _workforce(context: Context, caller: Caller) -> dict[str, Any]:
    return {
        "WorkforceName": NAME,
        "WorkforceArn": workforce_arn(caller),
        "SubDomain": context.site,
        "Status": "Active",
    }
