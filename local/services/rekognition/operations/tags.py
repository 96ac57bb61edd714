"""TagResource, UntagResource, ListTagsForResource."""

from typing import Any

from local.services.aws_json.signature import Caller
from local.services.rekognition.context import Context, arn_prefix
from local.services.rekognition.errors import not_found


def tag(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    context.store.tag(_resource(context, caller, params), params["Tags"])
    return {}


def untag(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    context.store.untag(_resource(context, caller, params), params["TagKeys"])
    return {}


def list_tags(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    return {"Tags": context.store.tags(_resource(context, caller, params))}


def _resource(context: Context, caller: Caller, params: dict[str, Any]) -> str:
    arn: str = params["ResourceArn"]
    if not arn.startswith(arn_prefix(caller)) or not context.store.exists(arn):
        raise not_found(f"the resource {arn}")
    return arn
