"""What the user sees: results on standard output, everything else on standard error."""

import re
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

import typer
from pydantic import BaseModel
from pydantic_core import to_json
from rich.console import Console, JustifyMethod
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from brandlens.dropfolder import INBOX
from brandlens.training.request import REQUEST_FILE

_PIPED_WIDTH = 200
"""Columns of a table that is piped: wide enough that no row is folded."""

_REQUEST = re.compile(rf"{INBOX}[^/]+/(train/[^/]+/){re.escape(REQUEST_FILE)}$")

# File names and labels are the users' own: nothing in them is markup, an emoji's name or worth a colour.
_AS_IT_IS: dict[str, Any] = {"markup": False, "emoji": False, "highlight": False}
out = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH, **_AS_IT_IS)
err = Console(stderr=True, **_AS_IT_IS)


class Reporter(Protocol):
    """Tells how far the named steps are; safe to call as often as there is news."""

    def __call__(self, step: str, done: float, total: float | None) -> None: ...


@contextmanager
def progress() -> Iterator[Reporter]:
    """Show one bar per step on a terminal; when piped, a plain line when a step begins and when it ends."""
    if err.is_terminal:
        with Progress(
            SpinnerColumn(finished_text=Text("✓", "green")),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=28),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            console=err,
        ) as bars:
            yield _Bars(bars)
    else:
        yield _Lines()


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: float, total: float | None) -> None:
        task = self._tasks.get(step)
        if task is None:
            task = self._tasks[step] = self._bars.add_task(step, total=total, count="")
        count = "" if total is None else _count(done, total)
        self._bars.update(task, completed=done, total=total, count=count)


class _Lines:
    """A line when a step begins, then at every quarter of it."""

    def __init__(self) -> None:
        self._quarters: dict[str, int] = {}

    def __call__(self, step: str, done: float, total: float | None) -> None:
        if step not in self._quarters:
            self._quarters[step] = 0
            err.print(f"{step} ...", soft_wrap=True)
        quarter = int(4 * done / total) if total else 0
        if total and quarter > self._quarters[step]:
            self._quarters[step] = quarter
            err.print(f"{step}: {_count(done, total)}", soft_wrap=True)


def _count(done: float, total: float) -> str:
    """Whole numbers count things; others are megabytes."""
    digits = 0 if float(total).is_integer() else 1
    return f"{done:.{digits}f}/{total:.{digits}f}"


@contextmanager
def interruptible(sentence: str) -> Iterator[None]:
    """On Ctrl-C say how to go on, and end with the shell's code for it (128 + SIGINT)."""
    try:
        yield
    except KeyboardInterrupt:
        say(sentence)
        raise typer.Exit(130) from None


def say(sentence: str) -> None:
    """Tell the user something that is not a result."""
    err.print(sentence, soft_wrap=True)


def print_json(document: Any) -> None:
    """Print one JSON document on standard output, and nothing else there."""
    sys.stdout.write(to_json(document, indent=2).decode() + "\n")


def make_table(*columns: str, numeric: Collection[str] = (), title: str | None = None) -> Table:
    """Make a table without rules, numbers to the right. Strings show as they are; `Text` has a style."""
    table = Table(
        box=None, pad_edge=False, header_style="bold", padding=(0, 3, 0, 0), title=title, title_justify="left"
    )
    for column in columns:
        # A job's id is there to be copied: never folded.
        justify: JustifyMethod = "right" if column in numeric else "left"
        table.add_column(column, justify=justify, overflow="fold", no_wrap=column == "Job")
    return table


def print_fields(value: BaseModel, title: str) -> None:
    """Print a model as aligned `field value` rows, empty fields left out."""
    out.print(title, style="bold")
    rows = {name: text(field) for name, field in value.model_dump(mode="json").items() if field is not None}
    width = max(map(len, rows), default=0)
    for name, field in rows.items():
        out.print(f"  {name:<{width}}  {field}", soft_wrap=True)


def text(value: Any) -> str:
    """Write a field's value in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {text(field)}" for key, field in value.items() if field is not None)
    if isinstance(value, list):
        return ", ".join(map(text, value)) or "none"
    return str(value)


def shown_name(key: str) -> str:
    """Return the last part of a key, or a batch's folder, with whatever would break a line written out."""
    request = _REQUEST.match(key)
    name = request[1] if request else key.rpartition("/")[2]
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in name)


def ago(then: datetime) -> str:
    """Write how long ago `then` was, in its largest sensible unit."""
    seconds = (datetime.now(UTC) - then).total_seconds()
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size:.0f} {unit} ago"
    return f"{max(seconds, 0):.0f} s ago"
