"""What is published now keeps the promises of the last release."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from brandlens.exposure.documents import exposures_csv
from brandlens.schemas import schemas
from tests.schemas.compatibility import accepts_all, broken_promises, read_schemas

RELEASED = Path(__file__).parents[2] / "schemas" / "released"
COMPLETED = "event-analysis-completed.schema.json"


def changed(change: Callable[[Any], object]) -> tuple[Any, Any]:
    """The released schema of a completed analysis, and the same after `change`."""
    released = read_schemas(RELEASED)[COMPLETED]
    later = deepcopy(released)
    change(later)
    return released, later


def test_a_consumer_of_the_last_release_accepts_whatever_is_published_now() -> None:
    assert broken_promises(read_schemas(RELEASED), schemas()) == []


def test_the_columns_of_exposures_are_where_they_were_and_new_ones_follow() -> None:
    released = (RELEASED / "exposures.csv").read_text("utf-8").strip().split(",")
    now = exposures_csv(()).body.decode().strip().split(",")
    assert now[: len(released)] == released


@pytest.mark.parametrize(
    "breach",
    [
        pytest.param(lambda it: it["properties"].pop("brands"), id="a field that may hold anything now"),
        pytest.param(lambda it: it["required"].remove("brands"), id="a field that may be missing"),
        pytest.param(lambda it: it["properties"]["job_id"].update(type="integer"), id="another type"),
        pytest.param(
            lambda it: it["properties"].update(job_id={"anyOf": [{"type": "string"}, {"type": "null"}]}),
            id="a value that may be null",
        ),
        pytest.param(
            lambda it: it["properties"]["schema_version"].update(pattern=r"^2\.[0-9]+$"),
            id="another major version",
        ),
        pytest.param(
            lambda it: it["$defs"]["BrandSummary"]["required"].remove("label"),
            id="a nested field that may be missing",
        ),
        pytest.param(
            lambda it: it["properties"]["occurred_at"].pop("format"), id="a time that may be any text"
        ),
    ],
)
def test_a_change_that_an_old_consumer_would_refuse_is_a_breach(breach: Callable[[Any], object]) -> None:
    assert not accepts_all(*changed(breach))


@pytest.mark.parametrize(
    "addition",
    [
        pytest.param(lambda it: it["properties"].update(later={"type": "string"}), id="a field"),
        pytest.param(
            lambda it: (it["properties"].update(later={"type": "string"}), it["required"].append("later")),
            id="a field that is always there",
        ),
        pytest.param(lambda it: it["properties"]["job_id"].update(maxLength=32), id="a narrower value"),
        pytest.param(lambda it: it.update(description="In other words."), id="other words"),
    ],
)
def test_an_addition_that_an_old_consumer_need_not_know_is_none(addition: Callable[[Any], object]) -> None:
    assert accepts_all(*changed(addition))


def test_a_value_that_an_old_consumer_does_not_know_is_a_breach() -> None:
    released = {"enum": ["FAILED", "REJECTED"]}
    assert accepts_all(released, {"enum": ["FAILED"]})
    assert not accepts_all(released, {"enum": ["FAILED", "REJECTED", "EXPIRED"]})


def test_an_event_that_is_published_no_longer_is_a_breach() -> None:
    released = read_schemas(RELEASED)
    assert broken_promises(released, {name: released[name] for name in released if name != COMPLETED}) == [
        COMPLETED
    ]
