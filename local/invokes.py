"""Answers to what a Pulumi program asks the AWS provider for, besides resources."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from brandlens.errors import LocalCloudFailed
from local.aws import Aws


def answer(aws: Aws, token: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to the function `token`; `LocalCloudFailed` for one that is not known."""
    known = ANSWERS.get(token)
    if known is None:
        raise LocalCloudFailed(
            f"the Pulumi program asks for {token}",
            "the local cloud has no answer to it",
            "Add one to local/invokes.py",
        )
    return known(aws, arguments)


def _caller(aws: Aws, _arguments: Mapping[str, Any]) -> dict[str, Any]:
    root = f"arn:aws:iam::{aws.account}:root"
    return {"id": aws.account, "accountId": aws.account, "arn": root, "userId": aws.account}


def _region(aws: Aws, _arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": aws.region, "region": aws.region, "name": aws.region, "description": aws.region}


def _partition(_aws: Aws, _arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": "aws",
        "partition": "aws",
        "dnsSuffix": "amazonaws.com",
        "reverseDnsPrefix": "com.amazonaws",
    }


def _policy_document(_aws: Aws, arguments: Mapping[str, Any]) -> dict[str, Any]:
    statements = [_statement(one) for one in arguments.get("statements", [])]
    text = json.dumps({"Version": arguments.get("version", "2012-10-17"), "Statement": statements}, indent=2)
    return {"id": "policy", "json": text, "minifiedJson": json.dumps(json.loads(text), separators=(",", ":"))}


def _statement(given: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"Effect": given.get("effect", "Allow")}
    for ours, theirs in (("sid", "Sid"), ("actions", "Action"), ("resources", "Resource")):
        if ours in given:
            made[theirs] = given[ours]
    if principals := given.get("principals"):
        made["Principal"] = {one["type"]: one["identifiers"] for one in principals}
    for condition in given.get("conditions", []):
        tests = made.setdefault("Condition", {}).setdefault(condition["test"], {})
        tests[condition["variable"]] = condition["values"]
    return made


ANSWERS: dict[str, Callable[[Aws, Mapping[str, Any]], dict[str, Any]]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": _caller,
    "aws:index/getRegion:getRegion": _region,
    "aws:index/getPartition:getPartition": _partition,
    "aws:iam/getPolicyDocument:getPolicyDocument": _policy_document,
}
