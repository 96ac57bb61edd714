"""What the service remembers: its records, and the datasets' manifest lines."""

from collections.abc import Iterable
from pathlib import Path

from local.services.aws_json.store import RecordStore

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
  dataset TEXT NOT NULL, source_ref TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (dataset, source_ref));
"""


class Store(RecordStore):
    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def remove(self, arn: str) -> None:
        """Forget a record with its tags and entries."""
        with self.lock:
            super().remove(arn)
            self._database.execute("DELETE FROM entries WHERE dataset = ?", (arn,))

    def put_entries(self, dataset: str, entries: Iterable[tuple[str, str]]) -> None:
        """Add or replace a dataset's manifest lines, each a pair of `source-ref` and line."""
        with self.lock:
            self._database.executemany(
                "INSERT OR REPLACE INTO entries VALUES (?, ?, ?)",
                [(dataset, source_ref, line) for source_ref, line in entries],
            )

    def entries(self, dataset: str) -> list[str]:
        with self.lock:
            rows = self._database.execute(
                "SELECT line FROM entries WHERE dataset = ? ORDER BY source_ref", (dataset,)
            ).fetchall()
        return [line for (line,) in rows]
