import json

import pytest

from infra.policies import PolicyRefused, Statement, allow, allow_anywhere, document, refuse_plaintext, trust

BUCKET = "arn:aws:s3:::brandlens-dev-media-123456789012"


@pytest.mark.parametrize("action", ["*", "s3:*", "s3:Get*"])
def test_a_wildcard_action_is_refused_when_the_statement_is_built(action: str) -> None:
    with pytest.raises(PolicyRefused, match="name each"):
        allow("s3:PutObject", action, on=BUCKET)


def test_every_resource_is_refused_without_a_reason() -> None:
    with pytest.raises(PolicyRefused, match="or say why"):
        allow("s3:GetObject", on="*")


def test_every_resource_is_allowed_with_a_reason() -> None:
    assert allow_anywhere("xray:PutTraceSegments", because="no resource types").resources == ("*",)


def test_a_document_holds_its_statements_in_iams_grammar() -> None:
    when = {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}

    assert json.loads(document(allow("s3:GetObject", on=f"{BUCKET}/*", when=when))) == {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [f"{BUCKET}/*"], "Condition": when}
        ],
    }


def test_a_trust_policy_names_one_service_and_no_resource() -> None:
    (statement,) = json.loads(trust("lambda.amazonaws.com"))["Statement"]

    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": ["lambda.amazonaws.com"]},
        "Action": ["sts:AssumeRole"],
    }


def test_plaintext_is_denied_to_everybody() -> None:
    (statement,) = json.loads(document(refuse_plaintext(BUCKET, f"{BUCKET}/*", actions="s3:*")))["Statement"]

    assert statement["Effect"] == "Deny"
    assert statement["Principal"] == "*"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_a_statement_cannot_be_widened_after_it_was_checked() -> None:
    statement = Statement(("s3:GetObject",), (BUCKET,))

    with pytest.raises(AttributeError):
        statement.actions = ("*",)  # type: ignore[misc]
