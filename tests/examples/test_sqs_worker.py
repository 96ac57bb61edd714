"""The worker, between a queue that hands out what was not deleted and a store of results."""

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from brandlens.events import AnalysisCompleted, ResultLocation
from brandlens.exposure.documents import exposures_csv
from brandlens.jobs import Source
from brandlens.results import Appearance, ProofFrame
from examples.consumers.sqs_worker import worker

PREFIX = "cup/job-1/"


@dataclass
class Queue:
    """Hands every message out again until it is deleted, as SQS does after the visibility time-out."""

    messages: dict[str, str] = field(default_factory=dict)

    def receive_message(self, **_asked: Any) -> dict[str, Any]:
        held = [
            {"MessageId": name, "ReceiptHandle": name, "Body": body} for name, body in self.messages.items()
        ]
        return {"Messages": held} if held else {}

    def delete_message(self, *, QueueUrl: str, ReceiptHandle: str) -> None:  # noqa: N803
        del self.messages[ReceiptHandle]


@dataclass
class Store:
    objects: dict[tuple[str, str], bytes]

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        return {"Body": io.BytesIO(self.objects[Bucket, Key])}


def completed(**changes: Any) -> str:
    event = AnalysisCompleted(
        job_id="job-1",
        project="cup",
        source=Source(bucket="media", key="inbox/cup/analyze/final.mp4", version="v"),
        occurred_at=datetime(2026, 7, 1, tzinfo=UTC),
        brands=(),
        duration_seconds=6,
        result=ResultLocation(bucket="results", prefix=PREFIX, analysis=PREFIX + "analysis.json"),
        estimated_usd=0.01,
        warnings=0,
    )
    return json.dumps({"detail": {**event.model_dump(mode="json"), **changes}})


def appearance(number: int, label: str, start: float | None, end: float | None) -> Appearance:
    return Appearance(
        id=f"a{number:04d}",
        label=label,
        start_seconds=start,
        end_seconds=end,
        mean_area_fraction=0.25,
        zone="top-left",
        peak_confidence=90,
        sharpness=1,
        others_on_screen=("Bolt", "Cask"),
        proof_frame=ProofFrame(index=0, seconds=start, file="frames/00000000.jpg", box=None),
    )


@pytest.fixture
def store() -> Store:
    found = (appearance(1, "Acme", 1.0, 3.5), appearance(2, "Bolt", None, None))
    return Store({("results", PREFIX + "exposures.csv"): exposures_csv(found).body})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(worker.open_database(tmp_path / "exposures.sqlite")) as opened:
        yield opened


def stored(database: sqlite3.Connection) -> list[Any]:
    return database.execute("SELECT job_id, project, label, on_screen_seconds FROM exposures").fetchall()


BOTH = [("job-1", "cup", "Acme", "2.5"), ("job-1", "cup", "Bolt", None)]


def test_a_row_is_stored_for_each_appearance_and_the_message_is_deleted(
    store: Store, database: sqlite3.Connection
) -> None:
    queue = Queue({"m": completed()})
    assert worker.take(queue, "url", worker.handler(store, database)) == 1
    assert stored(database) == BOTH
    assert queue.messages == {}


def test_a_message_that_comes_twice_changes_nothing_the_second_time(
    store: Store, database: sqlite3.Connection
) -> None:
    handle = worker.handler(store, database)
    worker.take(Queue({"m": completed(), "again": completed()}), "url", handle)
    assert stored(database) == BOTH


def test_rows_that_an_analysis_no_longer_has_are_gone(store: Store, database: sqlite3.Connection) -> None:
    handle = worker.handler(store, database)
    handle(completed())
    store.objects["results", PREFIX + "exposures.csv"] = exposures_csv(()).body
    handle(completed())
    assert stored(database) == []


@pytest.mark.parametrize(
    "body",
    ["no JSON", "[]", "{}", completed(schema_version="2.0"), completed(result={"bucket": "results"})],
)
def test_a_message_that_is_none_of_ours_stays_and_the_others_are_handled(
    body: str, store: Store, database: sqlite3.Connection
) -> None:
    queue = Queue({"bad": body, "good": completed()})
    assert worker.take(queue, "url", worker.handler(store, database)) == 1
    assert list(queue.messages) == ["bad"]
    assert stored(database) == BOTH


def test_a_message_whose_result_cannot_be_read_stays(database: sqlite3.Connection) -> None:
    queue = Queue({"m": completed()})
    assert worker.take(queue, "url", worker.handler(Store({}), database)) == 0
    assert list(queue.messages) == ["m"]


def test_an_event_of_a_later_minor_version_is_taken(store: Store, database: sqlite3.Connection) -> None:
    worker.handler(store, database)(completed(schema_version="1.9", invented_later=True))
    assert stored(database) == BOTH


def test_a_column_that_comes_later_is_no_matter(store: Store, database: sqlite3.Connection) -> None:
    key = ("results", PREFIX + "exposures.csv")
    store.objects[key] = b"".join(
        line.rstrip(b"\r\n") + b",later\r\n" for line in store.objects[key].splitlines()
    )
    worker.handler(store, database)(completed())
    assert stored(database) == BOTH


def test_an_empty_queue_is_no_error(store: Store, database: sqlite3.Connection) -> None:
    assert worker.take(Queue(), "url", worker.handler(store, database)) == 0
