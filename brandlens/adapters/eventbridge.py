"""The results bus as an `EventBus`."""

from typing import TYPE_CHECKING

import boto3

from brandlens.adapters.aws import CONFIG, THROTTLES, default_session, mapped_errors
from brandlens.errors import ServiceUnavailable, Throttled
from brandlens.events import SOURCE, Event

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient


class EventBridgeBus:
    def __init__(self, name: str, session: boto3.Session | None = None) -> None:
        self._name = name
        self._client: EventBridgeClient = (session or default_session()).client("events", config=CONFIG)

    def publish(self, event: Event) -> None:
        what = f"{event.detail_type!r} could not be published"
        with mapped_errors(what):
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._name,
                        "Source": SOURCE,
                        "DetailType": event.detail_type,
                        "Detail": event.model_dump_json(),
                        "Time": event.occurred_at,
                    }
                ]
            )
        # PutEvents answers 200 for an entry it did not take.
        if answer["FailedEntryCount"]:
            entry = answer["Entries"][0]
            code = entry.get("ErrorCode", "")
            leaf = Throttled if code in THROTTLES else ServiceUnavailable
            raise leaf(what, f"PutEvents answered {code}: {entry.get('ErrorMessage', '')}")
