from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from brandlens.events import PUBLISHED, AnalysisStarted
from brandlens.jobs import Source
from brandlens.schemas import schemas, write

COMMITTED = Path(__file__).parents[2] / "schemas"


def started(**changes: Any) -> dict[str, Any]:
    event = AnalysisStarted(
        job_id="j",
        project="p",
        source=Source(bucket="b", key="k", version="v"),
        occurred_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return {**event.model_dump(mode="json"), **changes}


@pytest.fixture(scope="module")
def started_schema() -> Draft202012Validator:
    return Draft202012Validator(schemas()["event-analysis-started.schema.json"])


def test_the_committed_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    write(tmp_path)
    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_text() for path in COMMITTED.glob("*.json")}
    assert written == committed, "run `make schemas` and commit the result"


def test_a_schema_no_longer_published_is_removed(tmp_path: Path) -> None:
    (tmp_path / "event-gone.schema.json").write_text("{}")
    write(tmp_path)
    assert not (tmp_path / "event-gone.schema.json").exists()


def test_every_published_event_and_document_has_a_valid_schema() -> None:
    published = schemas()
    assert len(published) == len(PUBLISHED) + 2
    for schema in published.values():
        Draft202012Validator.check_schema(schema)


def test_an_event_keeps_to_its_schema(started_schema: Draft202012Validator) -> None:
    started_schema.validate(started())


def test_a_later_minor_version_with_a_new_field_still_validates(started_schema: Draft202012Validator) -> None:
    started_schema.validate(started(schema_version="1.7", invented_later=True))


@pytest.mark.parametrize("changes", [{"schema_version": "2.0"}, {"job_id": 5}, {"occurred_at": None}])
def test_an_event_that_breaks_the_contract_does_not_validate(
    started_schema: Draft202012Validator, changes: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        started_schema.validate(started(**changes))


def test_a_field_the_model_always_writes_is_required(started_schema: Draft202012Validator) -> None:
    event = started()
    del event["schema_version"]
    with pytest.raises(ValidationError, match="schema_version"):
        started_schema.validate(event)
