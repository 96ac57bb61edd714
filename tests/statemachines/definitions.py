"""The machines' definitions as the tests deploy them: with stubs, small batches and limits to wait for."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from infra import asl, machines
from infra.naming import Place, pascal
from infra.settings import Settings
from local.settings import ACCOUNT, REGION
from tests.infra.recording import GOOD
from tests.statemachines.director import Json
from tests.statemachines.scenarios import EVENTS

BATCH_SIZE = 2
DETECT_CONCURRENCY = 2
TOLERATED_PERCENT = 34
"""One batch of three may fail."""

LIMIT_SECONDS = 1
"""The time limit of every function's state at `HURRIED_STATES`, of every child at `HURRIED_CHILDREN`."""

MODEL_WAIT_MS = 100
"""How long a model is waited for at `HURRIED_STATES`, to start or to be trained."""

PLACE = Place(project="brandlens", stack="stage", partition="aws", region=REGION, account=ACCOUNT)
HURRIED_STATES = replace(PLACE, stack="states")
HURRIED_CHILDREN = replace(PLACE, stack="children")
TEMPLATES = Path(__file__).parents[2] / "statemachines"


def definition(machine: str, place: Place) -> Json:
    """Render the machine's template as the program does, with small batches and limits to wait for."""
    chosen = Settings.check(GOOD | {"tolerated_failure_percentage": str(TOLERATED_PERCENT)})
    values = machines.marker_values(place, chosen) | {
        "WorkBucket": PLACE.bucket("work"),
        "DetectBatchSize": str(BATCH_SIZE),
        "PrepareBatchSize": str(BATCH_SIZE),
        "DetectConcurrency": str(DETECT_CONCURRENCY),
    }
    if place == HURRIED_STATES:
        values["LabelingTimeoutSeconds"] = str(LIMIT_SECONDS)
        values["TrainingTimeoutHours"] = f"{MODEL_WAIT_MS / 3_600_000:.9f}"
    values |= {f"{pascal(stub)}Arn": PLACE.arn("lambda", f"function:{stub}") for stub in EVENTS}
    text = (TEMPLATES / f"{machine}.asl.json").read_text()
    rendered = asl.render(text, {name: values[name] for name in asl.markers(text)})
    if place == HURRIED_CHILDREN and machine != "analysis":
        return rendered | {"TimeoutSeconds": LIMIT_SECONDS}
    return dict(_hurried(rendered)) if place == HURRIED_STATES else rendered


def _hurried(part: Any) -> Any:
    if isinstance(part, dict):
        calls = part.get("Resource", "").endswith("lambda:invoke")
        limit = {"TimeoutSeconds": LIMIT_SECONDS} if calls else {}
        return {name: _hurried(value) for name, value in part.items()} | limit
    if isinstance(part, list):
        return [_hurried(value) for value in part]
    return part.replace("> 2700000", f"> {MODEL_WAIT_MS}") if isinstance(part, str) else part
