"""No role has a right that it does not use, and what one does without its rights fails.

The emulator wrote down which statement of a role's policies let it do what (`local/emulator/trail.py`), while
every other test of this folder ran: this one comes last. A statement is needed where some request was allowed
by it alone: without it that request would have been denied.
"""

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

import pytest

from local.cloud import LocalCloud
from tests.cloud import trail_of
from tests.e2e.system import System

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

NOT_ENFORCED = {
    ("*", "logs:*"): "Lambda itself writes a function's log",
    ("*", "xray:*"): "there is no X-Ray here",
    ("*", "sqs:SendMessage"): "Lambda itself gives up an event, for a queue",
    ("*", "rekognition:*"): "the local service asks who calls, not what that one may",
    ("*", "sagemaker:*"): "the local service asks who calls, not what that one may",
    ("*", "iam:PassRole"): "the emulator lets whoever may create something give it a role",
    ("*-machine", "*"): "the emulator makes a state machine's calls itself",
    ("brandlens-local-model-stops", "*"): "the emulator's scheduler calls the function itself",
    ("brandlens-local-labeling", "*"): "the local service labels without the role that it is given",
    ("brandlens-local-training-jobs", "*"): "the local service trains without the role that it is given",
}
"""Roles and actions whose rights nobody asks for here, and why."""

Statement = tuple[frozenset[str], frozenset[str], str]


def statement_of(body: Mapping[str, Any]) -> Statement:
    return (
        frozenset(body["Action"]),
        frozenset(body["Resource"]),
        json.dumps(body.get("Condition") or {}, sort_keys=True),
    )


@pytest.fixture(scope="module")
def granted(system: System) -> dict[str, list[Statement]]:
    """The statements of every role of the stack, by its name."""
    iam = system.aws("iam")
    names = [
        role["RoleName"] for page in iam.get_paginator("list_roles").paginate() for role in page["Roles"]
    ]
    found: dict[str, list[Statement]] = {}
    for name in names:
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
            document = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
            found.setdefault(name, []).extend(map(statement_of, document["Statement"]))
    return found


@pytest.fixture(scope="module")
def needed(cloud: LocalCloud) -> set[tuple[str, Statement, str]]:
    """Role, statement and action of every request that one statement alone allowed."""
    lines = trail_of(cloud.home).read_text("utf-8").splitlines()
    requests = (json.loads(line) for line in lines)
    return {
        (request["role"], statement_of(request["allowed_by"][0]), request["action"])
        for request in requests
        if len(request["allowed_by"]) == 1
    }


def enforced(role: str, action: str) -> bool:
    return not any(
        fnmatchcase(role, roles) and fnmatchcase(action, actions) for roles, actions in NOT_ENFORCED
    )


def test_without_any_of_its_rights_some_request_of_a_role_fails(
    granted: dict[str, list[Statement]], needed: set[tuple[str, Statement, str]]
) -> None:
    unused = {
        (role, action, ", ".join(sorted(statement[1])))
        for role, statements in granted.items()
        for statement in statements
        for action in statement[0]
        if enforced(role, action) and (role, statement, action) not in needed
    }
    assert sorted(unused) == []
