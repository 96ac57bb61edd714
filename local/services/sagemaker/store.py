"""What the service remembers: its records, and each labeling job's pictures with the answers so far."""

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from local.services.aws_json.store import RecordStore
from local.services.sagemaker.records import Picture, Task

_SCHEMA = """
CREATE TABLE IF NOT EXISTS tasks (job TEXT NOT NULL, task INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (job, task));
CREATE TABLE IF NOT EXISTS pictures (
  job TEXT NOT NULL, task INTEGER NOT NULL, number INTEGER NOT NULL, looked_at INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (job, task, number));
"""  # noqa: E501 - one statement a line


class Store(RecordStore):
    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def put_tasks(self, job: str, tasks: Iterable[Task]) -> None:
        """Store a job's tasks, numbered as they come; those stored before are replaced."""
        with self.lock:
            self._database.execute("BEGIN")
            for number, task in enumerate(tasks):
                self._database.execute(
                    "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?)", (job, number, json.dumps(task.line))
                )
                for picture in task.pictures:
                    self.put_picture(job, picture)
            self._database.execute("COMMIT")

    def tasks(self, job: str) -> list[Task]:
        with self.lock:
            lines = self._database.execute(
                "SELECT line FROM tasks WHERE job = ? ORDER BY task", (job,)
            ).fetchall()
            pictures = self.pictures(job)
        by_task = {task: tuple(group) for task, group in groupby(pictures, lambda picture: picture.task)}
        return [Task(line=_line(line), pictures=by_task.get(task, ())) for task, (line,) in enumerate(lines)]

    def put_picture(self, job: str, picture: Picture) -> None:
        with self.lock:
            self._database.execute(
                "INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?)",
                (job, picture.task, picture.number, picture.answer.looked_at, picture.model_dump_json()),
            )

    def picture(self, job: str, task: int, number: int) -> Picture | None:
        with self.lock:
            row = self._database.execute(
                "SELECT body FROM pictures WHERE job = ? AND task = ? AND number = ?", (job, task, number)
            ).fetchone()
        return None if row is None else Picture.model_validate_json(row[0])

    def pictures(self, job: str) -> list[Picture]:
        """Return a job's pictures in the order people see them."""
        with self.lock:
            rows = self._database.execute(
                "SELECT body FROM pictures WHERE job = ? ORDER BY task, number", (job,)
            ).fetchall()
        return [Picture.model_validate_json(body) for (body,) in rows]

    def looked_at(self, job: str) -> tuple[int, int]:
        """Return how many of a job's pictures people are done with, and how many there are."""
        with self.lock:
            done, total = self._database.execute(
                "SELECT count(*) FILTER (WHERE looked_at), count(*) FROM pictures WHERE job = ?", (job,)
            ).fetchone()
        return done, total

    def tasks_done(self, job: str) -> tuple[int, int]:
        """Return how many of a job's tasks are done, and how many there are."""
        with self.lock:
            done, total = self._database.execute(
                "SELECT count(*) FILTER (WHERE looked_at), count(*) FROM"
                " (SELECT min(looked_at) AS looked_at FROM pictures WHERE job = ? GROUP BY task)",
                (job,),
            ).fetchone()
        return done, total


def _line(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(text)
    return fields
