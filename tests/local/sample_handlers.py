"""Handlers for the sample program that the local cloud's tests deploy."""

from typing import Any


def echo(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Return the event."""
    return event
