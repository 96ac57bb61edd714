import re
from datetime import UTC, datetime

import pytest

from brandlens.cli.tables import print_analyses, print_jobs
from brandlens.jobs import JobError, JobRecord, JobState, Source

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _record(file: str, state: JobState = JobState.RUNNING, error: JobError | None = None) -> JobRecord:
    source = Source(bucket="media", key=f"inbox/cup/analyze/{file}", version="1")
    return JobRecord(
        job_id="a" * 32,
        project="cup",
        kind="analysis",
        state=state,
        source=source,
        created_at=NOW,
        updated_at=NOW,
        error=error,
    )


@pytest.mark.parametrize("name", ["a[red].jpg", "[bold].png", ":smile:.png", "[#fff on red]x.mp4"])
def test_a_file_name_shows_as_it_is(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_jobs([_record(name)])
    print_analyses([_record(name)], {})
    assert capsys.readouterr().out.count(name) == 2


def test_a_failed_job_says_why_below_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    error = JobError(code="EmptyObject", message="a.mp4 is refused: it is empty.", retryable=False)
    print_analyses([_record("a.mp4", JobState.REJECTED, error)], {})
    assert "a.mp4: EmptyObject: a.mp4 is refused: it is empty." in capsys.readouterr().out


def test_a_jobs_id_is_never_folded(capsys: pytest.CaptureFixture[str]) -> None:
    print_jobs([_record("x" * 300 + ".mp4")])
    assert re.search(r"^a{32} ", capsys.readouterr().out, re.MULTILINE)
