"""The tasks table: key `task_id`, the ARN of the labeling job that a state machine waits for.

An item's `expires_at` (epoch seconds) is the table's time-to-live attribute: the token it holds is of no use
any longer, and DynamoDB deletes it in its own time.
"""

from math import ceil

import boto3
from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError

from brandlens.adapters.aws import mapped_errors
from brandlens.adapters.dynamodb import attributes, condition_failed, table
from brandlens.labeling.waits import LabelingWait

_KEY = "task_id"


class TasksTable:
    """A `LabelingWaits`."""

    def __init__(self, name: str, session: boto3.Session | None = None) -> None:
        self._table = table(name, session)

    def put(self, wait: LabelingWait) -> None:
        item = attributes(wait)
        item[_KEY] = item.pop("labeling_job_arn")
        item["expires_at"] = ceil(wait.expires_at.timestamp())
        with mapped_errors(f"the wait for {wait.labeling_job_arn} could not be recorded"):
            self._table.put_item(Item=item)

    def get(self, labeling_job_arn: str) -> LabelingWait | None:
        with mapped_errors(f"the wait for {labeling_job_arn} could not be read"):
            item = self._table.get_item(Key={_KEY: labeling_job_arn}, ConsistentRead=True).get("Item")
        if item is None:
            return None
        fields = {name: value for name, value in item.items() if name != _KEY}
        return LabelingWait.model_validate({**fields, "labeling_job_arn": labeling_job_arn})

    def remove(self, labeling_job_arn: str, token: str) -> bool:
        with mapped_errors(f"the wait for {labeling_job_arn} could not be forgotten"):
            try:
                self._table.delete_item(
                    Key={_KEY: labeling_job_arn},
                    ConditionExpression=Attr(_KEY).not_exists() | Attr("token").eq(token),
                )
            except ClientError as error:
                if condition_failed(error):
                    return False
                raise
        return True
