"""EventBridge's targets: MiniStack calls a function once and drops the failure, and knows no log groups."""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

from ministack.services import cloudwatch_logs, eventbridge, lambda_svc, scheduler

EVENT_FILE = "BRANDLENS_EVENT_FILE"

_write = threading.Lock()


def build() -> None:
    eventbridge._dispatch_to_lambda = to_lambda
    eventbridge._invoke_target = _with_log_groups(eventbridge._invoke_target)
    # MiniStack looks for what is due every 10 s.
    eventbridge._SCHEDULER_TICK_INTERVAL = 1
    scheduler._SCHEDULE_TICK_INTERVAL = 1


def to_lambda(arn: str, payload: str) -> None:
    """Invoke as AWS does: asynchronously, with the function's retries and its destination for failures.

    MiniStack's own runs the function once on this path, so a transient error would lose the event.
    """
    function, config, _name = lambda_svc._get_func_record_for_ref(arn)
    if function and config:
        record = lambda_svc._execution_record_for_config(function, config)
        lambda_svc.invoke_async_with_retry(record, json.loads(payload))


def _with_log_groups(invoke_target: Any) -> Any:
    """Deliver to `logs` targets, which MiniStack accepts and then drops with a warning."""

    def invoke(target: dict[str, Any], event: Any, rule: Any, view: Any = None) -> None:
        if ":logs:" in target.get("Arn", ""):
            seen = view or eventbridge._pattern_event_view(event)
            to_log_group(target["Arn"], json.dumps(seen.event_with_detail()))
        else:
            invoke_target(target, event, rule, view)

    return invoke


def to_log_group(arn: str, message: str) -> None:
    """Write the event to the log group, a stream a day, and to the file of events that the demo names."""
    group = cloudwatch_logs._log_groups.get(arn.split(":log-group:", 1)[1].removesuffix(":*"))
    if group is None:
        return
    now = int(time.time() * 1000)
    with _write:
        stream = group["streams"].setdefault(
            time.strftime("%Y/%m/%d/events", time.gmtime()),
            {
                "events": [],
                "uploadSequenceToken": "1",
                "creationTime": now,
                "firstEventTimestamp": None,
                "lastEventTimestamp": None,
                "lastIngestionTime": None,
            },
        )
        cloudwatch_logs._append_log_events(
            stream, [{"timestamp": now, "message": message, "ingestionTime": now}]
        )
        with Path(os.environ[EVENT_FILE]).open("a", encoding="utf-8") as file:
            file.write(message + "\n")
