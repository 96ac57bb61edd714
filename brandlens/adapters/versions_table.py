"""Model versions in the models table: one item `version` under each model's ARN, beside its leases."""

from collections.abc import Sequence
from typing import Any

import boto3
from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError

from brandlens.adapters.aws import mapped_errors
from brandlens.adapters.dynamodb import attributes, condition_failed, scan, table
from brandlens.training.versions import ModelVersion

_VERSION = "version"


class VersionsTable:
    """A `VersionStore`."""

    def __init__(self, name: str, session: boto3.Session | None = None) -> None:
        self._table = table(name, session)

    def begin(self, version: ModelVersion) -> None:
        with mapped_errors(f"model version {version.model.version} could not be recorded"):
            try:
                self._table.put_item(Item=_item(version), ConditionExpression=Attr("sk").not_exists())
            except ClientError as error:
                if not condition_failed(error):
                    raise

    def end(self, version: ModelVersion) -> None:
        with mapped_errors(f"model version {version.model.version} could not be recorded"):
            self._table.put_item(Item=_item(version))

    def get(self, model_arn: str) -> ModelVersion | None:
        with mapped_errors(f"model version {model_arn} could not be read"):
            found = self._table.get_item(Key={"model_arn": model_arn, "sk": _VERSION}, ConsistentRead=True)
        item = found.get("Item")
        return None if item is None else ModelVersion.model_validate(item[_VERSION])

    def of_project(self, project: str) -> Sequence[ModelVersion]:
        with mapped_errors(f"the model versions of project {project!r} could not be listed"):
            items = list(
                scan(self._table, FilterExpression=Attr("sk").eq(_VERSION) & Attr("project").eq(project))
            )
        versions = [ModelVersion.model_validate(item[_VERSION]) for item in items]
        return sorted(versions, key=lambda version: version.created_at, reverse=True)


def _item(version: ModelVersion) -> dict[str, Any]:
    return {
        "model_arn": version.model.arn,
        "sk": _VERSION,
        "project": version.project,
        _VERSION: attributes(version),
    }
