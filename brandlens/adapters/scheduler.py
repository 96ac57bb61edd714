"""EventBridge Scheduler as a `StopScheduler`."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient


class SchedulerStops:
    """One-time schedules, one a model, which delete themselves once they have fired."""

    def __init__(
        self, *, group: str, role_arn: str, function_arn: str, session: boto3.Session | None = None
    ) -> None:
        self._group, self._role_arn, self._function_arn = group, role_arn, function_arn
        self._client: EventBridgeSchedulerClient = (session or default_session()).client(
            "scheduler", config=CONFIG
        )

    def schedule(self, model_arn: str, at: datetime) -> None:
        # Rounded up: a look a moment too early would find the grace time not over.
        second = (at + timedelta(seconds=1)).astimezone(UTC).replace(microsecond=0, tzinfo=None)
        request: dict[str, Any] = {
            "Name": f"stop-{hashlib.sha256(model_arn.encode()).hexdigest()[:32]}",
            "GroupName": self._group,
            "ScheduleExpression": f"at({second.isoformat()})",
            "ScheduleExpressionTimezone": "UTC",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ActionAfterCompletion": "DELETE",
            "Target": {
                "Arn": self._function_arn,
                "RoleArn": self._role_arn,
                "Input": json.dumps({"model_arn": model_arn}),
            },
        }
        with mapped_errors(f"the stop of {model_arn} could not be scheduled"):
            try:
                self._client.create_schedule(**request)
            except self._client.exceptions.ConflictException:
                self._client.update_schedule(**request)
