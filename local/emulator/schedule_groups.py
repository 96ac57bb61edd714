"""Schedules' ARNs: MiniStack asks policies about `schedule/default/…`, whatever group the schedule is in."""

import json
from typing import Any

from ministack.core import iam_actions

DEFAULT = ":schedule/default/"


def build() -> None:
    extract = iam_actions.extract_resource_arn

    def extract_resource_arn(*arguments: Any, **named: Any) -> str:
        arn: str = extract(*arguments, **named)
        if DEFAULT not in arn:
            return arn
        _service, _method, _path, _headers, body, query = arguments[:6]
        return arn.replace(DEFAULT, f":schedule/{_group(body, query)}/")

    iam_actions.extract_resource_arn = extract_resource_arn


def _group(body: bytes, query: dict[str, Any]) -> str:
    """Return the group of the call: in the body of writes, in the query of reads and deletions."""
    given = query.get("groupName")
    if given:
        return str(given[0] if isinstance(given, list) else given)
    return str(json.loads(body).get("GroupName") or "default") if body else "default"
