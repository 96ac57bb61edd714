"""S3's events on EventBridge: MiniStack leaves out which version of the object they are about."""

import json
from contextvars import ContextVar
from typing import Any

from ministack.services import eventbridge, s3

_version: ContextVar[str | None] = ContextVar("version", default=None)


def build() -> None:
    """Put `version-id` where AWS has it for a versioned bucket: in the event's `detail.object`."""
    fire, dispatch = s3._fire_s3_event, eventbridge._dispatch_event

    def fire_s3_event(*arguments: Any, version_id: str | None = None, **named: Any) -> None:
        token = _version.set(version_id)
        try:
            fire(*arguments, version_id=version_id, **named)
        finally:
            _version.reset(token)

    def dispatch_event(event: dict[str, Any], *arguments: Any, **named: Any) -> Any:
        version_id = _version.get()
        if version_id and event.get("Source") == "aws.s3":
            detail = json.loads(event["Detail"])
            detail["object"]["version-id"] = version_id
            event = {**event, "Detail": json.dumps(detail)}
        return dispatch(event, *arguments, **named)

    s3._fire_s3_event = fire_s3_event
    eventbridge._dispatch_event = dispatch_event
