"""Keep a table of every appearance of every brand: `python worker.py QUEUE_URL DATABASE`.

Each message of the queue is an event of a finished analysis. The rows of its `exposures.csv` go into the
table `exposures` of an SQLite database, the job's id before them.

A message is deleted once its rows are written. One that fails stays in the queue, is handed out again, and
after some tries is a dead letter. As queues may deliver twice, a job's rows replace what is there of the job.
"""

import argparse
import csv
import io
import json
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import boto3
from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).parents[3] / "schemas" / "event-analysis-completed.schema.json"
"""What the event's `detail` keeps to. Later minor versions add fields, which it allows."""

COLUMNS = (
    "id", "label", "start_seconds", "end_seconds", "on_screen_seconds", "mean_area_fraction", "zone",
    "peak_confidence",
)  # fmt: skip
"""The columns of `exposures.csv` that are kept; more may follow those that there are today."""

LONG_POLL_SECONDS = 20
"""The longest that SQS waits for a message, and so the fewest calls."""
BATCH = 10
"""The most messages that SQS hands out at once."""

Rows = Sequence[Mapping[str, str]]
Handle = Callable[[str], None]

log = logging.getLogger("worker")


def result_of(body: str) -> Mapping[str, Any]:
    """Return the `detail` of the event in a message.

    Raises `jsonschema.ValidationError`, or `ValueError` for what is no JSON, where it is none of ours.
    """
    detail: Mapping[str, Any] = json.loads(body).get("detail")
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(detail)
    return detail


def rows_of(exposures: bytes) -> Rows:
    """Return the rows of an `exposures.csv`, one for each appearance of a brand."""
    return list(csv.DictReader(io.StringIO(exposures.decode("utf-8"), newline="")))


def open_database(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    columns = ", ".join(COLUMNS)
    database.execute(
        f"CREATE TABLE IF NOT EXISTS exposures (job_id, project, {columns}, PRIMARY KEY (job_id, id))"
    )
    return database


def store(database: sqlite3.Connection, detail: Mapping[str, Any], rows: Rows) -> None:
    """Write a job's rows in place of those that are there: all of them or, where that fails, none."""
    marks = ", ".join("?" * (2 + len(COLUMNS)))
    job = (detail["job_id"], detail["project"])
    with database:
        database.execute("DELETE FROM exposures WHERE job_id = ?", job[:1])
        database.executemany(
            f"INSERT INTO exposures VALUES ({marks})",  # noqa: S608 - nothing but question marks
            [(*job, *(row[column] or None for column in COLUMNS)) for row in rows],
        )


def take(sqs: Any, queue_url: str, handle: Handle, wait_seconds: int = LONG_POLL_SECONDS) -> int:
    """Wait for messages, handle each, delete those that were handled; return how many these are."""
    received = sqs.receive_message(
        QueueUrl=queue_url, MaxNumberOfMessages=BATCH, WaitTimeSeconds=wait_seconds
    )
    handled = 0
    for message in received.get("Messages", []):
        try:
            handle(message["Body"])
        except Exception:  # Whatever it was, the message stays, and the others are handled.
            log.exception("message %s is left in the queue", message["MessageId"])
        else:
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
            handled += 1
    return handled


def handler(s3: Any, database: sqlite3.Connection) -> Handle:
    """Return what is done with a message: its result is fetched and its rows are stored."""

    def handle(body: str) -> None:
        detail = result_of(body)
        result = detail["result"]
        exposures = s3.get_object(Bucket=result["bucket"], Key=f"{result['prefix']}exposures.csv")
        rows = rows_of(exposures["Body"].read())
        store(database, detail, rows)
        log.info("job %s of %s: %d appearances", detail["job_id"], detail["project"], len(rows))

    return handle


def main() -> None:
    """Work until interrupted."""
    parser = argparse.ArgumentParser(description="Keep a table of every appearance of every brand.")
    parser.add_argument("queue_url")
    parser.add_argument("database", type=Path)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    handle = handler(boto3.client("s3"), open_database(given.database))
    sqs = boto3.client("sqs")
    while True:
        take(sqs, given.queue_url, handle)


if __name__ == "__main__":
    main()
