"""S3's events: MiniStack sends them from a thread, which may be killed when the request was answered."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ministack.services import s3

Tell = Callable[[], None]

_events: ContextVar[list[Tell] | None] = ContextVar("events", default=None)
"""What the request at hand is to tell of."""


def build() -> None:
    """Tell of an object when it is on disk and before the request is answered."""
    handle = s3.handle_request

    async def handle_request(*arguments: Any, **named: Any) -> Any:
        events: list[Tell] = []
        token = _events.set(events)
        try:
            return await handle(*arguments, **named)
        finally:
            _events.reset(token)
            for tell in events:
                tell()

    def fire_s3_event(bucket: str, key: str, name: str, *arguments: Any, **named: Any) -> None:
        if bucket not in s3._bucket_notifications:
            return
        sequencer = s3._next_event_sequencer(name)

        def tell() -> None:
            s3._fire_s3_event(bucket, key, name, *arguments, sequencer=sequencer, **named)

        events = _events.get()
        if events is None:
            tell()
        else:
            events.append(tell)

    s3.handle_request = handle_request
    s3._fire_s3_event_async = fire_s3_event
