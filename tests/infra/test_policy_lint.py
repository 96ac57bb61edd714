"""Every policy against AWS's Service Authorization Reference: its actions exist, and may name its resources.

A statement whose resource an action does not know allows nothing, which only a deployment would show.
"""

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from policy_sentry.querying.actions import get_action_data

from tests.infra.recording import Program, evaluate

POLICIES = {
    "aws:iam/rolePolicy:RolePolicy": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
}
BESIDES = {
    # The reference names no resource; AWS's CDK, whose grantTaskResponse many use, names the state machine.
    "states:SendTaskFailure": "arn:aws:states:*:*:stateMachine:*",
    "states:SendTaskSuccess": "arn:aws:states:*:*:stateMachine:*",
}
"""Resources that actions know besides those of the reference."""


@pytest.fixture(scope="module")
def statements() -> list[tuple[str, str, str]]:
    """Each allowed action of each policy with a resource, and whose policy it is."""
    program = evaluate(kms="arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")
    return [
        (action, resource, name)
        for name, statement in _statements(program)
        if statement["Effect"] == "Allow"
        for action in statement["Action"]
        for resource in statement["Resource"]
    ]


def _statements(program: Program) -> Iterator[tuple[str, dict[str, list[str]]]]:
    for kind, field in POLICIES.items():
        for resource in program.of(kind):
            for statement in json.loads(resource.inputs[field])["Statement"]:
                yield f"{kind.rpartition(':')[2]} {resource.name}", statement


@cache
def _known(action: str) -> tuple[str, ...]:
    """Return the resources that the action may name, `*` for what varies; none if there is no such action."""
    service, _, name = action.partition(":")
    entries = (get_action_data(service, name) or {}).get(service, [])
    formats = [re.sub(r"\$\{\w+\}", "*", entry["resource_arn_format"]) for entry in entries]
    return (*formats, *([BESIDES[action]] if action in BESIDES else []))


@cache
def overlap(one: str, other: str) -> bool:
    """Whether some text matches both patterns, in which `*` is any text."""
    if not one or not other:
        return set(one + other) <= {"*"}
    if one[0] == "*":
        return overlap(one[1:], other) or overlap(one, other[1:])
    if other[0] == "*":
        return overlap(other, one)
    return one[0] == other[0] and overlap(one[1:], other[1:])


def test_every_action_exists(statements: list[tuple[str, str, str]]) -> None:
    assert len(statements) > 300
    assert [(action, whose) for action, _, whose in statements if not _known(action)] == []


def test_every_resource_is_of_a_kind_that_its_action_knows(statements: list[tuple[str, str, str]]) -> None:
    assert [
        (action, resource, whose)
        for action, resource, whose in statements
        if not any(known != "*" and overlap(resource, known) for known in _known(action))
        and not (resource == "*" and "*" in _known(action))
    ] == []


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("arn:s3:::a*", "arn:s3:::*/*", True),
        ("arn:s3:::a", "arn:s3:::*/*", False),
        ("project/brandlens-*", "project/*/version/*/*", True),
        ("*", "", True),
        ("a*b", "ac", False),
    ],
)
def test_patterns_overlap_where_some_text_matches_both(one: str, other: str, meet: bool) -> None:
    assert overlap(one, other) == meet == overlap(other, one)
