"""Whether a table is there."""

import boto3
from moto import mock_aws

from brandlens.adapters.dynamodb import table_exists


@mock_aws
def test_a_table_is_there_once_it_was_made() -> None:
    session = boto3.Session("key", "secret", region_name="eu-west-1")
    assert not table_exists("brandlens-dev-projects", session)
    session.client("dynamodb").create_table(
        TableName="brandlens-dev-projects",
        KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    assert table_exists("brandlens-dev-projects", session)
