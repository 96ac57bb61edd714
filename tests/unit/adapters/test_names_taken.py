"""Names that a deployment would give, and that the account has."""

import boto3
import pytest
from moto import mock_aws

from brandlens.adapters.names_taken import names_taken
from brandlens.errors import AccessRefused

NAMES = {"table": "brandlens-dev-projects", "role": "brandlens-dev-ingest"}


@mock_aws
def test_a_name_is_taken_once_something_bears_it() -> None:
    session = boto3.Session("key", "secret", region_name="eu-west-1")
    assert names_taken(session, **NAMES) == ()
    session.client("iam").create_role(RoleName=NAMES["role"], AssumeRolePolicyDocument="{}")
    assert names_taken(session, **NAMES) == (NAMES["role"],)
    session.client("dynamodb").create_table(
        TableName=NAMES["table"],
        KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    assert names_taken(session, **NAMES) == (NAMES["table"], NAMES["role"])
    assert names_taken(boto3.Session("key", "secret", region_name="us-east-1"), **NAMES) == (NAMES["role"],)


def test_who_may_not_look_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    with pytest.raises(AccessRefused, match="whether the name brandlens-dev-projects is taken"):
        names_taken(boto3.Session(region_name="eu-west-1"), **NAMES)
