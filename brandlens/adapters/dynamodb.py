"""What the adapters of DynamoDB tables share: the table, and values as items."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError
from pydantic import BaseModel

from brandlens.adapters.aws import CONFIG, default_session

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def table(name: str, session: boto3.Session | None = None) -> "Table":
    return (session or default_session()).resource("dynamodb", config=CONFIG).Table(name)


def attributes(value: BaseModel) -> dict[str, Any]:
    """A value as DynamoDB attributes: JSON's types, decimals for fractions, nulls left out."""
    return json.loads(value.model_dump_json(exclude_none=True), parse_float=Decimal)  # type: ignore[no-any-return]


def stamp(moment: datetime) -> str:
    """A moment as text of fixed width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def condition_failed(error: ClientError) -> bool:
    return error.response["Error"].get("Code") == "ConditionalCheckFailedException"


def scan(source: "Table", **request: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every item of a small table, strongly consistent, page by page."""
    while True:
        page = source.scan(ConsistentRead=True, **request)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
