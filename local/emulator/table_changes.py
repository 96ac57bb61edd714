"""DynamoDB's items in the journal: MiniStack writes its tables down when it is stopped, and only then."""

from contextvars import ContextVar
from typing import Any

from ministack.services import dynamodb

from local.emulator import journal

KIND = "items"

_request: ContextVar[list[Any] | None] = ContextVar("request", default=None)
"""The changes of the request at hand, as (ARN of the table, partition key, sort key, item or None)."""


def build() -> None:
    """Keep each item as a request left it, and all that one request changed in one line."""
    handle, put, remove = dynamodb.handle_request, dynamodb._set_item, dynamodb._remove_item

    async def handle_request(*arguments: Any) -> Any:
        changes: list[Any] = []
        with journal.lock:  # It awaits nothing; a snapshot has all of the request or nothing.
            token = _request.set(changes)
            try:
                return await handle(*arguments)
            finally:
                _request.reset(token)
                if changes:
                    journal.write(KIND, changes)

    def set_item(table: Any, partition: str, sort: str, item: Any) -> Any:
        before = put(table, partition, sort, item)
        _note(table, partition, sort, item)
        return before

    def remove_item(table: Any, partition: str, sort: str) -> Any:
        before = remove(table, partition, sort)
        _note(table, partition, sort, None)
        return before

    def replay(changes: list[Any]) -> None:
        for arn, partition, sort, item in changes:
            _, _, _, region, account, name = arn.split(":", 5)
            table = dynamodb._tables.get_scoped(account, region, name.removeprefix("table/"))
            if table is None:
                continue
            if item is None:
                remove(table, partition, sort)
            else:
                put(table, partition, sort, item)

    dynamodb.handle_request = handle_request
    dynamodb._set_item, dynamodb._remove_item = set_item, remove_item
    journal.replay_with(KIND, replay)


def _note(table: Any, partition: str, sort: str, item: Any) -> None:
    change = [table["TableArn"], partition, sort, item]
    changes = _request.get()
    if changes is None:
        journal.write(KIND, [change])
    else:
        changes.append(change)
