"""The log group that holds every published event, read in the order of their arrival."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import boto3

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient


class EventLog:
    """Reads events as EventBridge delivered them (`detail-type`, `time`, `detail`, ...)."""

    def __init__(self, log_group: str, session: boto3.Session | None = None) -> None:
        self._log_group = log_group
        self._client: CloudWatchLogsClient = (session or default_session()).client("logs", config=CONFIG)
        self._seen: set[str] = set()

    def since(self, start: datetime) -> Iterator[dict[str, Any]]:
        """Yield the events that arrived at `start` or later and were not yielded before by this reader."""
        with mapped_errors(f"the event log {self._log_group} could not be read"):
            pages = self._client.get_paginator("filter_log_events").paginate(
                logGroupName=self._log_group, startTime=int(start.timestamp() * 1000)
            )
            for page in pages:
                for entry in page["events"]:
                    event = json.loads(entry["message"])
                    if event["id"] not in self._seen:
                        self._seen.add(event["id"])
                        yield event
