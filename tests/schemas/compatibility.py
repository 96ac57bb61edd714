"""What an evolving contract owes the consumers who validate by the schema of the last release."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs

Schemas = Mapping[str, Mapping[str, Any]]
"""JSON Schemas by file name."""


def accepts_all(released: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
    """Say whether every document that `current` allows is one that `released` allows.

    Proven on the schemas themselves; what cannot be proven counts as no.
    """
    earlier, now = (
        jsonschema_rs.canonicalize(dict(schema), validate_formats=True) for schema in (released, current)
    )
    return earlier.covers(now) is jsonschema_rs.canonical.Containment.YES


def broken_promises(released: Schemas, current: Schemas) -> list[str]:
    """Name each released contract that is gone, or that documents of now may break."""
    return [
        name
        for name, schema in released.items()
        if name not in current or not accepts_all(schema, current[name])
    ]


def read_schemas(folder: Path) -> Schemas:
    return {path.name: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.schema.json"))}
