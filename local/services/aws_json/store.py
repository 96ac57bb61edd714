"""Records on disk, in SQLite, so that a killed service comes back with what it had."""

import sqlite3
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (arn TEXT PRIMARY KEY, kind TEXT NOT NULL, created REAL NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tags (arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (arn, key));
"""  # noqa: E501 - one statement a line


class Record(BaseModel):
    """Something with an ARN. Times are aware UTC."""

    model_config = ConfigDict(frozen=True)

    arn: str
    created_at: datetime


R = TypeVar("R", bound=Record)


class RecordStore:
    """Records and their tags, by ARN. Hold `lock` around what must not interleave.

    `schema` is what a service keeps besides.
    """

    def __init__(self, path: Path, schema: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = threading.RLock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.executescript(_SCHEMA + schema)

    def close(self) -> None:
        with self.lock:
            self._database.close()

    def put(self, record: Record) -> None:
        with self.lock:
            self._database.execute(
                "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)",
                (
                    record.arn,
                    type(record).__name__,
                    record.created_at.timestamp(),
                    record.model_dump_json(),
                ),
            )

    def get(self, kind: type[R], arn: str) -> R | None:
        with self.lock:
            row = self._database.execute(
                "SELECT body FROM records WHERE arn = ? AND kind = ?", (arn, kind.__name__)
            ).fetchone()
        return None if row is None else kind.model_validate_json(row[0])

    def every(self, kind: type[R], arn_prefix: str = "") -> list[R]:
        """Return the records whose ARN begins with `arn_prefix`, newest first."""
        with self.lock:
            rows = self._database.execute(
                "SELECT body FROM records WHERE kind = ? AND substr(arn, 1, ?) = ?"
                " ORDER BY created DESC, arn",
                (kind.__name__, len(arn_prefix), arn_prefix),
            ).fetchall()
        return [kind.model_validate_json(body) for (body,) in rows]

    def remove(self, arn: str) -> None:
        """Forget a record with its tags."""
        with self.lock:
            self._database.execute("DELETE FROM records WHERE arn = ?", (arn,))
            self._database.execute("DELETE FROM tags WHERE arn = ?", (arn,))

    def exists(self, arn: str) -> bool:
        with self.lock:
            return (
                self._database.execute("SELECT 1 FROM records WHERE arn = ?", (arn,)).fetchone() is not None
            )

    def tag(self, arn: str, tags: Mapping[str, str]) -> None:
        with self.lock:
            self._database.executemany(
                "INSERT OR REPLACE INTO tags VALUES (?, ?, ?)", [(arn, *tag) for tag in tags.items()]
            )

    def untag(self, arn: str, keys: Iterable[str]) -> None:
        with self.lock:
            self._database.executemany(
                "DELETE FROM tags WHERE arn = ? AND key = ?", [(arn, key) for key in keys]
            )

    def tags(self, arn: str) -> dict[str, str]:
        with self.lock:
            return dict(
                self._database.execute("SELECT key, value FROM tags WHERE arn = ? ORDER BY key", (arn,))
            )
