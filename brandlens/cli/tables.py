"""Tables of jobs and brands."""

from collections.abc import Mapping, Sequence

from rich.table import Table

from brandlens.cli.console import ago, out
from brandlens.jobs import JobRecord, JobState
from brandlens.results import Analysis

_STYLES = {
    JobState.SUCCEEDED: "green",
    JobState.FAILED: "red",
    JobState.REJECTED: "yellow",
    JobState.CANCELED: "dim",
}


def print_jobs(records: Sequence[JobRecord]) -> None:
    """One row a job, newest first."""
    table = _table("Job", "Project", "File", "State", "Step", "Received")
    for record in records:
        table.add_row(
            record.job_id,
            record.project,
            record.source.key.rpartition("/")[2],
            state_of(record),
            step_of(record),
            ago(record.created_at),
        )
    out.print(table)


def print_analyses(records: Sequence[JobRecord], analyses: Mapping[str, Analysis]) -> None:
    """One row a brand and file; a job without a result shows why."""
    table = _table("File", "Brand", "Seconds", "Share of voice", "Confidence", "Appearances")
    for record in records:
        name = record.source.key.rpartition("/")[2]
        analysis = analyses.get(record.job_id)
        if analysis is None:
            table.add_row(name, f"[{_STYLES.get(record.state, '')}]{record.state}[/]", "", "", "", "")
        elif not analysis.brands:
            table.add_row(name, "[dim]none found[/]", "", "", "", "")
        else:
            for brand in analysis.brands:
                seconds = "" if brand.on_screen_seconds is None else f"{brand.on_screen_seconds:.1f}"
                table.add_row(
                    name,
                    brand.label,
                    seconds,
                    f"{brand.share_of_voice:.0%}",
                    f"{brand.peak_confidence:.0f} %",
                    str(brand.appearances),
                )
                name = ""
    out.print(table)
    for record in records:
        if record.error:
            name = record.source.key.rpartition("/")[2]
            out.print(
                f"{name}: {record.error.code}: {record.error.message}",
                markup=False,
                highlight=False,
                soft_wrap=True,
            )


def state_of(record: JobRecord) -> str:
    """The state, with its reason code where it has one, coloured."""
    reason = f" ({record.error.code})" if record.error else ""
    style = _STYLES.get(record.state)
    return f"[{style}]{record.state}{reason}[/]" if style else f"{record.state}{reason}"


def step_of(record: JobRecord) -> str:
    if record.step is None or record.state.is_terminal:
        return ""
    return record.step if record.total is None else f"{record.step} {record.done or 0}/{record.total}"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 3, 0, 0))
    for column in columns:
        numeric = column in ("Seconds", "Share of voice", "Confidence", "Appearances")
        # A job's id is there to be copied: never folded.
        table.add_column(
            column, justify="right" if numeric else "left", overflow="fold", no_wrap=column == "Job"
        )
    return table
