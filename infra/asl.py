"""Render a state machine's template: `${Name}` markers inside its strings become values.

Only `${Name}` is a marker. JSONPath's `$.x`, the context object's `$$.Task.Token` and JSONata's `$states`
pass untouched, which `string.Template` would not let them.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

_MARKER = re.compile(r"\$\{([A-Za-z][A-Za-z0-9]*)\}")
_LIKE_A_MARKER = re.compile(r"\$\{[^}\"]*\}?")


class TemplateRefused(ValueError):
    """A template and its values do not fit, or the template is not JSON."""


def markers(template: str) -> frozenset[str]:
    """The names of the template's markers."""
    return frozenset(_MARKER.findall(template))


def render(template: str, values: Mapping[str, str]) -> dict[str, Any]:
    """Put `values` in the place of the template's markers and parse the result.

    Values are escaped for the JSON strings that markers stand in, so a value cannot change the definition's
    structure.

    Raises
    ------
    TemplateRefused
        A marker has no value, a value has no marker, or the template is not JSON.
    """
    wanted = markers(template)
    if missing := sorted(wanted - values.keys()):
        raise TemplateRefused(f"no value for {', '.join(missing)}")
    if unused := sorted(values.keys() - wanted):
        raise TemplateRefused(f"no marker for {', '.join(unused)}")
    filled = _MARKER.sub(lambda marker: json.dumps(values[marker[1]])[1:-1], template)
    try:
        definition = json.loads(filled)
    except json.JSONDecodeError as error:
        raise TemplateRefused(f"not JSON: {error}") from error
    if not isinstance(definition, dict):
        raise TemplateRefused("not a JSON object")
    return definition


def require_sound(template: str, definition: Mapping[str, Any]) -> None:
    """Look for what a typing error breaks and only a deployment would find.

    Raises
    ------
    TemplateRefused
        Something in the template is like a marker and is none, a first state is not there, or what a task
        calls is no ARN.
    """
    if odd := sorted(set(_LIKE_A_MARKER.findall(_MARKER.sub("", template)))):
        raise TemplateRefused(f"no marker is written as {', '.join(odd)}")
    for part in [definition, *(part for part in _objects(definition) if "States" in part)]:
        if part.get("StartAt") not in part.get("States", {}):
            raise TemplateRefused(f"StartAt names no state: {part.get('StartAt')}")
    for part in _objects(definition):
        called = [part.get("Resource") if part.get("Type") == "Task" else None]
        called.append(part.get("FunctionName") or part.get("StateMachineArn"))
        for name in called:
            if isinstance(name, str) and not name.startswith(("arn:", "{%")):
                raise TemplateRefused(f"{name} is no ARN")


def has_distributed_map(definition: Mapping[str, Any]) -> bool:
    """Whether a Distributed Map stands in the definition; its machine starts executions of itself."""
    return any(part.get("ProcessorConfig", {}).get("Mode") == "DISTRIBUTED" for part in _objects(definition))


def reads_items(definition: Mapping[str, Any]) -> bool:
    """Whether a Map of the definition has its items from an object in S3."""
    readers = (part["ItemReader"] for part in _objects(definition) if "ItemReader" in part)
    return any(reader["Resource"].endswith(":s3:getObject") for reader in readers)


def _objects(part: Any) -> list[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        return [part, *(found for child in part.values() for found in _objects(child))]
    if isinstance(part, list):
        return [found for child in part for found in _objects(child)]
    return []
