import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from brandlens.errors import InvalidInput
from brandlens.exposure import summarize
from brandlens.jobs import Job, Model, Source
from brandlens.results import Analysis, Cost
from tests.unit.exposure.works import STILL, document, find_exposures, finished, found, kept, logo

SCHEMAS = Path(__file__).parents[3] / "schemas"


def test_the_documents_come_in_writing_order_with_the_analysis_last() -> None:
    summary = finished(found({0: [logo()]}, slots=4))
    assert [(d.name, d.content_type) for d in summary.documents] == [
        ("detections.jsonl", "application/jsonl"),
        ("exposures.csv", "text/csv; charset=utf-8"),
        ("timeline.vtt", "text/vtt; charset=utf-8"),
        ("report.html", "text/html; charset=utf-8"),
        ("analysis.json", "application/json"),
    ]


def test_the_analysis_file_is_the_analysis_and_keeps_to_its_published_schema() -> None:
    summary = finished(found({0: [logo(), logo("Globex")], 5: [logo()]}, slots=8))
    written = document(summary, "analysis.json")
    assert Analysis.model_validate_json(written) == summary.analysis
    schema = json.loads((SCHEMAS / "analysis.schema.json").read_text())
    Draft202012Validator(schema).validate(json.loads(written))


def test_the_lines_of_detections_keep_to_their_published_schema() -> None:
    schema = json.loads((SCHEMAS / "frame-detections.schema.json").read_text())
    lines = document(finished(found({0: [logo()]}, slots=3)), "detections.jsonl").splitlines()
    assert len(lines) == 3
    for line in lines:
        Draft202012Validator(schema).validate(json.loads(line))


def test_the_result_tells_who_asked_what_was_looked_at_and_what_it_cost() -> None:
    analysis = finished(found({0: [logo()]}, slots=4), key="inbox/demo/analyze/a.mp4").analysis
    assert analysis.job.model_dump() == {
        "id": "job1",
        "project": "demo",
        "source": {"bucket": "media", "key": "inbox/demo/analyze/a.mp4", "version": "1"},
        "started_at": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        "finished_at": datetime(2026, 1, 2, 3, 9, tzinfo=UTC),
    }
    assert analysis.model.version == "v1"
    assert analysis.cost.estimated_usd == pytest.approx(2.0000024)


def test_appearances_get_the_sharpness_their_proof_shows() -> None:
    (appearance,) = finished(found({0: [logo()]}, slots=1)).analysis.appearances
    assert appearance.sharpness is not None
    assert appearance.sharpness > 0.9


def test_an_image_has_neither_timeline_nor_sprites() -> None:
    summary = finished(find_exposures(STILL, None, kept([0]), {0: [logo()]}))
    assert "timeline.vtt" not in [d.name for d in summary.documents]
    assert (summary.analysis.files.timeline, summary.analysis.files.sprites) == (None, None)


def test_a_result_that_lacks_a_proof_is_refused() -> None:
    source = Source(bucket="media", key="inbox/demo/analyze/a.mp4", version="1")
    with pytest.raises(InvalidInput, match="appearance a0001 has no proof"):
        summarize(
            found({0: [logo()]}, slots=1),
            [],
            job=Job(job_id="j", project="demo", source=source, started_at=datetime.now(UTC)),
            model=Model(detector="embedded", arn="a", version="v1", min_confidence=50),
            cost=Cost(estimated_usd=0.0, items=()),
            finished_at=datetime.now(UTC),
        )
