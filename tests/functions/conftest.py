"""What handlers' tests share: where telemetry goes, and events as files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EVENTS = Path(__file__).parents[1] / "events"


@pytest.fixture(autouse=True)
def _telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "test")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "brandlens")


@pytest.fixture
def event() -> Callable[[str], dict[str, Any]]:
    """Read an event from `tests/events`."""
    return lambda name: json.loads((EVENTS / f"{name}.json").read_text())
