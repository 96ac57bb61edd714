"""The projects table: key `name`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import boto3
from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError
from pydantic import Field

from brandlens.adapters.aws import mapped_errors
from brandlens.adapters.dynamodb import attributes, condition_failed, scan, table
from brandlens.errors import AlreadyExists, NotFound
from brandlens.jobs import Model, Value


class ProjectItem(Value):
    """One item of the table."""

    name: str
    labels: tuple[str, ...]
    label_type: Literal["object", "concept"]
    detector: Literal["rekognition", "embedded"]
    created_at: datetime
    min_f1: float = Field(0.0, ge=0, le=1)
    active_model: Model | None = None


class ProjectsTable:
    """A `ProjectStore`."""

    def __init__(self, name: str, session: boto3.Session | None = None) -> None:
        self._table = table(name, session)

    def get(self, name: str) -> ProjectItem | None:
        with mapped_errors(f"project {name!r} could not be read"):
            item = self._table.get_item(Key={"name": name}, ConsistentRead=True).get("Item")
        return None if item is None else ProjectItem.model_validate(item)

    def list(self) -> Sequence[ProjectItem]:
        with mapped_errors("the projects could not be listed"):
            items = [ProjectItem.model_validate(item) for item in scan(self._table)]
        return sorted(items, key=lambda project: project.name)

    def create(
        self,
        name: str,
        labels: Sequence[str],
        *,
        label_type: Literal["object", "concept"],
        detector: Literal["rekognition", "embedded"],
        min_f1: float,
        now: datetime,
    ) -> None:
        project = ProjectItem(
            name=name,
            labels=tuple(labels),
            label_type=label_type,
            detector=detector,
            min_f1=min_f1,
            created_at=now,
        )
        with mapped_errors(f"project {name!r} could not be created"):
            try:
                self._table.put_item(Item=attributes(project), ConditionExpression=Attr("name").not_exists())
            except ClientError as error:
                if condition_failed(error):
                    raise AlreadyExists(
                        f"project {name!r} was not created",
                        "there is one of that name",
                        "Choose another name",
                    ) from error
                raise

    def delete(self, name: str) -> None:
        with mapped_errors(f"project {name!r} could not be deleted"):
            self._table.delete_item(Key={"name": name})

    def change(self, name: str, *, labels: Sequence[str] | None = None, min_f1: float | None = None) -> None:
        changes = {
            "labels": None if labels is None else list(labels),
            "min_f1": None if min_f1 is None else Decimal(repr(min_f1)),
        }
        if given := {field: value for field, value in changes.items() if value is not None}:
            self._set(name, given)

    def set_active_model(self, name: str, model: Model) -> None:
        self._set(name, {"active_model": attributes(model)})

    def _set(self, name: str, given: Mapping[str, Any]) -> None:
        with mapped_errors(f"project {name!r} could not be updated"):
            try:
                self._table.update_item(
                    Key={"name": name},
                    UpdateExpression="SET " + ", ".join(f"{field} = :{field}" for field in given),
                    ExpressionAttributeValues={f":{field}": value for field, value in given.items()},
                    ConditionExpression=Attr("name").exists(),
                )
            except ClientError as error:
                if condition_failed(error):
                    raise NotFound(
                        f"project {name!r} was not changed", "there is no such project", "Create it first"
                    ) from error
                raise
