"""EventBridge's targets: MiniStack calls a function once and drops the failure, and knows no log groups."""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

from ministack.services import cloudwatch_logs, eventbridge, lambda_svc, scheduler

from local.emulator import journal

EVENT_FILE = "BRANDLENS_EVENT_FILE"
KIND = "event"

_write = threading.Lock()


def build() -> None:
    eventbridge._dispatch_to_lambda = to_lambda
    eventbridge._invoke_target = _with_log_groups(eventbridge._invoke_target)
    journal.replay_with(KIND, _replay)
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
    """Write the event to the log group and to the file of events that the demo names."""
    now = int(time.time() * 1000)
    with _write:
        stream = _stream(arn, now)
        if stream is None:
            return
        cloudwatch_logs._append_log_events(stream, [_event(now, message)])
        with Path(os.environ[EVENT_FILE]).open("a", encoding="utf-8") as file:
            file.write(message + "\n")
        journal.write(KIND, [arn, now, message])


def _replay(change: Any) -> None:
    arn, milliseconds, message = change
    stream, event = _stream(arn, milliseconds), _event(milliseconds, message)
    if stream is not None and event not in stream["events"]:
        cloudwatch_logs._append_log_events(stream, [event])


def _stream(arn: str, milliseconds: int) -> dict[str, Any] | None:
    """Return the stream of that day, None where there is no such log group."""
    _, _, _, region, account, _, name, *_ = arn.split(":")
    group = cloudwatch_logs._log_groups.get_scoped(account, region, name)
    if group is None:
        return None
    stream: dict[str, Any] = group["streams"].setdefault(
        time.strftime("%Y/%m/%d/events", time.gmtime(milliseconds / 1000)),
        {
            "events": [],
            "uploadSequenceToken": "1",
            "creationTime": milliseconds,
            "firstEventTimestamp": None,
            "lastEventTimestamp": None,
            "lastIngestionTime": None,
        },
    )
    return stream


def _event(milliseconds: int, message: str) -> dict[str, Any]:
    return {"timestamp": milliseconds, "message": message, "ingestionTime": milliseconds}
