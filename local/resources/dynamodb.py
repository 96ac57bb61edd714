"""DynamoDB tables."""

from typing import Any

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, given, pascal, tag_list, unless


def _keys(inputs: Inputs) -> list[dict[str, str]]:
    """Return the key schema of a table or an index, from `hashKey` and `rangeKey` or from `keySchemas`."""
    if schemas := inputs.get("keySchemas"):
        return [{"AttributeName": one["attributeName"], "KeyType": one["keyType"]} for one in schemas]
    schema = [{"AttributeName": inputs["hashKey"], "KeyType": "HASH"}]
    if range_key := inputs.get("rangeKey"):
        schema.append({"AttributeName": range_key, "KeyType": "RANGE"})
    return schema


def _index(inputs: Inputs) -> dict[str, Any]:
    projection = given(
        ProjectionType=inputs["projectionType"], NonKeyAttributes=inputs.get("nonKeyAttributes")
    )
    return {"IndexName": inputs["name"], "KeySchema": _keys(inputs), "Projection": projection}


def put_table(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("dynamodb"), inputs["name"]
    with unless("ResourceInUseException"):
        client.create_table(
            TableName=name,
            KeySchema=_keys(inputs),
            AttributeDefinitions=[
                {"AttributeName": one["name"], "AttributeType": one["type"]} for one in inputs["attributes"]
            ],
            BillingMode="PAY_PER_REQUEST",
            **given(
                GlobalSecondaryIndexes=[_index(one) for one in inputs.get("globalSecondaryIndexes") or []]
                or None,
                Tags=tag_list(inputs) or None,
            ),
        )
    _add_indexes(client, name, inputs)
    if ttl := inputs.get("ttl"):
        _set_time_to_live(client, name, ttl)
    if recovery := inputs.get("pointInTimeRecovery"):
        client.update_continuous_backups(
            TableName=name,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": recovery["enabled"]},
        )
    return Made(name, {"arn": aws.arn("dynamodb", f"table/{name}")})


def _add_indexes(client: Any, name: str, inputs: Inputs) -> None:
    table = client.describe_table(TableName=name)["Table"]
    there = {index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])}
    attributes = [
        {"AttributeName": one["name"], "AttributeType": one["type"]} for one in inputs["attributes"]
    ]
    for index in inputs.get("globalSecondaryIndexes") or []:
        if index["name"] not in there:
            client.update_table(
                TableName=name,
                AttributeDefinitions=attributes,
                GlobalSecondaryIndexUpdates=[{"Create": _index(index)}],
            )


def _set_time_to_live(client: Any, name: str, ttl: Inputs) -> None:
    now = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    if (now.get("TimeToLiveStatus") == "ENABLED") != ttl.get("enabled", True):
        client.update_time_to_live(
            TableName=name, TimeToLiveSpecification=pascal({"enabled": True, "attributeName": "", **ttl})
        )


def delete_table(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless("ResourceNotFoundException"):
        aws.client("dynamodb").delete_table(TableName=name)


KINDS = {
    "aws:dynamodb/table:Table": Kind(
        put_table, delete_table, named_by="name", replaced_when=("hashKey", "rangeKey", "keySchemas")
    ),
}
