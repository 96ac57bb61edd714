"""No role has a right that it does not use, and what one does without its rights fails.

The emulator wrote down which statement of a role's policies let it do what (`local/emulator/trail.py`), while
every other test of this folder ran: this one comes last. A statement is needed where some request was allowed
by it alone: without it that request would have been denied.
"""

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from brandlens.jobs import JobState
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

ASKED_BY_REKOGNITION = "Rekognition uses the caller's rights, its local service its own"
ONLY_IF_MISSING = "S3 asks for it where an object is missing, to say so and not that it is forbidden"
AGAIN = "only where an earlier try of the same job came that far"
NOT_ASKED = {
    ("create-model-version", "s3:GetBucketAcl"): ASKED_BY_REKOGNITION,
    ("create-model-version", "s3:GetBucketLocation"): ASKED_BY_REKOGNITION,
    ("create-model-version", "s3:GetObjectAcl"): ASKED_BY_REKOGNITION,
    ("create-model-version", "s3:GetObjectTagging"): ASKED_BY_REKOGNITION,
    ("create-model-version", "s3:PutObject"): ASKED_BY_REKOGNITION,
    **{
        (role, "s3:ListBucket"): ONLY_IF_MISSING
        for role in (
            "ingest", "probe-media", "extract-frames", "detect-brands", "create-model-version",
            "register-model", "record-failure",
        )
    },
    ("probe-media", "s3:GetObject"): AGAIN,
    ("summarize", "s3:ListBucket"): AGAIN,
    ("summarize", "s3:DeleteObject"): AGAIN,
    ("record-failure", "s3:GetObject"): "only where a job succeeded and nobody was told",
    ("reserve-budget", "dynamodb:DeleteItem"): "only where a job died without a word",
    ("reserve-budget", "dynamodb:GetItem"): "only where a job died without a word, or ended meanwhile",
    ("check-model-version", "dynamodb:GetItem"): "only where a training failed",
    ("check-model-version", "dynamodb:PutItem"): "only where a training failed",
    ("request-labeling", "dynamodb:DeleteItem"): "only where a labeling job ends as it begins",
    ("request-labeling", "states:SendTaskFailure"): "only where a labeling job ends as it begins",
    ("request-labeling", "states:SendTaskSuccess"): "only where a labeling job ends as it begins",
}  # fmt: skip
"""Rights that other tests use, against fakes or in a cloud of their own, and why no request here does."""

SELDOM_ASKED = {("stop-idle-models", "events:PutEvents")}
"""An idle model is stopped after five minutes, and that is told: these tests may take longer, or not."""

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
        assert iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"] == []
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
        (role.removeprefix("brandlens-local-"), action)
        for role, statements in granted.items()
        for statement in statements
        for action in statement[0]
        if enforced(role, action) and (role, statement, action) not in needed
    }
    assert unused - SELDOM_ASKED == set(NOT_ASKED)


def test_a_right_that_is_taken_away_is_missed(system: System, picture: Path) -> None:
    iam, name = system.aws("iam"), {"RoleName": "brandlens-local-summarize", "PolicyName": "rights"}
    document = iam.get_role_policy(**name)["PolicyDocument"]
    statements = [one for one in document["Statement"] if "s3:PutObject" not in one["Action"]]
    assert len(statements) == len(document["Statement"]) - 1
    iam.put_role_policy(**name, PolicyDocument=json.dumps(document | {"Statement": statements}))
    try:
        record = system.ended(system.drop("unwritable.jpg", picture.read_bytes()))
    finally:
        iam.put_role_policy(**name, PolicyDocument=json.dumps(document))
    assert record.state is JobState.FAILED
    assert record.error is not None
    assert record.error.code == "AccessRefused"
