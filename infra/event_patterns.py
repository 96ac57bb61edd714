"""Which events start what, as EventBridge event patterns."""

from typing import Any

from brandlens.events import SOURCE


def dropped_objects(bucket: str) -> dict[str, Any]:
    """An object was created below `inbox/` of the bucket."""
    return {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": {"bucket": {"name": [bucket]}, "object": {"key": [{"prefix": "inbox/"}]}},
    }


def failed_executions(state_machine_arn: str) -> dict[str, Any]:
    """An execution of the machine ended without success, even where it could not say so itself."""
    return {
        "source": ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        "detail": {"stateMachineArn": [state_machine_arn], "status": ["FAILED", "TIMED_OUT", "ABORTED"]},
    }


def published_events() -> dict[str, Any]:
    """Whatever brandlens publishes."""
    return {"source": [SOURCE]}
