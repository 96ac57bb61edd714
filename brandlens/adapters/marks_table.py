"""The marks table: key (`project`, `mark_id`)."""

from collections.abc import Mapping, Sequence
from typing import Any

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

from brandlens.adapters.aws import mapped_errors
from brandlens.adapters.dynamodb import attributes, condition_failed, table
from brandlens.api.marks import Mark


class MarksTable:
    """A `MarkStore`."""

    def __init__(self, name: str, session: boto3.Session | None = None) -> None:
        self._table = table(name, session)

    def add(self, mark: Mark) -> Mark:
        said = {name: value for name, value in attributes(mark).items() if name != "project"}
        kept = {name: f"#{name} = :{name}" for name in said}
        kept["created_at"] = "#created_at = if_not_exists(#created_at, :created_at)"
        with mapped_errors("the mark could not be kept"):
            answer = self._table.update_item(
                Key={"project": mark.project, "mark_id": mark.id},
                UpdateExpression="SET " + ", ".join(kept.values()),
                ExpressionAttributeNames={f"#{name}": name for name in said},
                ExpressionAttributeValues={f":{name}": value for name, value in said.items()},
                ReturnValues="ALL_NEW",
            )
        return _mark(answer["Attributes"])

    def get(self, project: str, mark_id: str) -> Mark | None:
        with mapped_errors(f"the mark {mark_id} could not be read"):
            found = self._table.get_item(Key={"project": project, "mark_id": mark_id}, ConsistentRead=True)
        return _mark(found["Item"]) if "Item" in found else None

    def of_project(self, project: str) -> Sequence[Mark]:
        request: dict[str, Any] = {
            "KeyConditionExpression": Key("project").eq(project),
            "ConsistentRead": True,
        }
        marks: list[Mark] = []
        with mapped_errors(f"the marks of {project} could not be listed"):
            while True:
                page = self._table.query(**request)
                marks += [_mark(item) for item in page["Items"]]
                if "LastEvaluatedKey" not in page:
                    return sorted(marks, key=lambda mark: (mark.created_at, mark.id))
                request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def remove(self, project: str, mark_id: str) -> bool:
        with mapped_errors(f"the mark {mark_id} could not be removed"):
            try:
                self._table.delete_item(
                    Key={"project": project, "mark_id": mark_id},
                    ConditionExpression=Attr("trained_by").not_exists(),
                )
            except ClientError as error:
                if condition_failed(error):
                    return False
                raise
        return True

    def taken(self, project: str, mark_id: str, *, by: str) -> None:
        with mapped_errors(f"the mark {mark_id} could not be updated"):
            try:
                self._table.update_item(
                    Key={"project": project, "mark_id": mark_id},
                    UpdateExpression="SET trained_by = :job",
                    ExpressionAttributeValues={":job": by},
                    ConditionExpression=Attr("mark_id").exists() & Attr("trained_by").not_exists(),
                )
            except ClientError as error:
                if not condition_failed(error):
                    raise


def _mark(item: Mapping[str, Any]) -> Mark:
    kept = {name: value for name, value in item.items() if name != "mark_id"}
    return Mark.model_validate(_plain(kept) | {"trained_by": kept.get("trained_by")})


def _plain(value: Any) -> Any:
    """Turn DynamoDB's decimals into the floats that a caller once sent: a mark takes no other numbers."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return float(value) if not isinstance(value, (str, bool, type(None))) else value
