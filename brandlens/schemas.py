"""Writes the JSON Schemas of the result documents and events: `python -m brandlens.schemas [FOLDER]`.

The API's OpenAPI document, openapi.json, is written beside them.

Consumers validate with them, and additive changes only raise the minor version. So the schemas allow fields
they do not know and every minor version of the major one, unlike the models, which refuse both.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from brandlens.api import openapi
from brandlens.events import PUBLISHED, Event
from brandlens.results import Analysis, FrameDetections

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _AsWritten(GenerateJsonSchema):
    """Requires every field: the models write them all, those with a default too."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return True


def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Return every published schema by file name: a document's, or an event's `detail`."""
    documents: dict[str, type[BaseModel]] = {"analysis": Analysis, "frame-detections": FrameDetections}
    events: dict[str, type[BaseModel]] = {_event_name(event): event for event in PUBLISHED}
    return {f"{name}.schema.json": schema_of(model) for name, model in {**documents, **events}.items()}


def write(folder: Path) -> None:
    """Write every schema into `folder` and remove those no longer published."""
    folder.mkdir(parents=True, exist_ok=True)
    published = schemas()
    for stale in {path.name for path in folder.glob("*.schema.json")} - published.keys():
        (folder / stale).unlink()
    for name, schema in {**published, "openapi.json": openapi.document()}.items():
        (folder / name).write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")


def _event_name(event: type[Event]) -> str:
    return "event-" + event.detail_type.lower().replace(" ", "-")


def schema_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """Return the schema of a document, or of an event's `detail`."""
    written = model.model_json_schema(mode="serialization", schema_generator=_AsWritten)
    return {"$schema": _DIALECT, **_open(written)}


def _open(node: Any) -> Any:
    if isinstance(node, list):
        return [_open(item) for item in node]
    if not isinstance(node, dict):
        return node
    opened = {
        key: _open(value) for key, value in node.items() if (key, value) != ("additionalProperties", False)
    }
    version = opened.get("properties", {}).get("schema_version")
    if version:
        major = version.pop("const").split(".")[0]
        version["pattern"] = rf"^{major}\.[0-9]+$"
    return opened


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "schemas"))
