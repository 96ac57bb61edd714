"""What handlers' tests share: where telemetry goes, and events as files."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# Telemetry is made when handlers are imported, so its variables must be there before.
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "test")
os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "brandlens")

EVENTS = Path(__file__).parents[1] / "events"


@pytest.fixture
def event() -> Callable[[str], dict[str, Any]]:
    """Read an event from `tests/events`."""
    return lambda name: json.loads((EVENTS / f"{name}.json").read_text())
