"""What handlers' tests share: events as files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EVENTS = Path(__file__).parents[1] / "events"


@pytest.fixture
def event() -> Callable[[str], dict[str, Any]]:
    """Read an event from `tests/events`."""
    return lambda name: json.loads((EVENTS / f"{name}.json").read_text())
