"""The published events' schemas as EventBridge's registry takes them, in JSON Schema draft 4.

Ours (`brandlens.schemas`) describe an event's `detail` in draft 2020-12, with no keyword that draft 4 lacks.
"""

import json
from collections.abc import Mapping
from typing import Any

from brandlens.events import PUBLISHED, SOURCE, Event
from brandlens.schemas import schema_of

DIALECT = "http://json-schema.org/draft-04/schema#"


def contracts() -> Mapping[str, str]:
    """The schema of each published event, the whole of it as it is delivered, as JSON by its name."""
    return {f"{SOURCE}@{event.__name__}": json.dumps(_whole(event)) for event in PUBLISHED}


def _whole(event: type[Event]) -> dict[str, Any]:
    detail = dict(_moved(schema_of(event)))
    definitions = detail.pop("$defs", {})
    del detail["$schema"]
    return {
        "$schema": DIALECT,
        "title": event.detail_type,
        "type": "object",
        "properties": {
            "source": {"enum": [SOURCE]},
            "detail-type": {"enum": [event.detail_type]},
            "detail": detail,
        },
        "required": ["source", "detail-type", "detail"],
        "definitions": definitions,
    }


def _moved(node: Any) -> Any:
    """Lead references to where draft 4 keeps definitions."""
    if isinstance(node, list):
        return [_moved(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    return {
        key: value.replace("#/$defs/", "#/definitions/") if key == "$ref" else _moved(value)
        for key, value in node.items()
    }
