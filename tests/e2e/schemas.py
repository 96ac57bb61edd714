"""Checks documents and events by the published schemas, as a consumer would."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

_FOLDER = Path(__file__).parents[2] / "schemas"


def validate(document: Any, schema: str) -> None:
    """Raise `jsonschema.ValidationError` where the document breaks `schemas/<schema>.schema.json`."""
    _validator(schema).validate(document)


def validate_event(event: dict[str, Any]) -> None:
    assert event["source"] == "brandlens"
    validate(event["detail"], "event-" + event["detail-type"].lower().replace(" ", "-"))


@cache
def _validator(schema: str) -> Draft202012Validator:
    rules = json.loads((_FOLDER / f"{schema}.schema.json").read_text())
    return Draft202012Validator(rules, format_checker=Draft202012Validator.FORMAT_CHECKER)
