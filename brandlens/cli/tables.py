"""Tables of jobs and brands."""

from collections.abc import Mapping, Sequence

from rich.text import Text

from brandlens.cli.console import ago, make_table, out, shown_name
from brandlens.exposure.wording import certainty, percent
from brandlens.jobs import JobRecord, JobState
from brandlens.results import Analysis

_FIGURES = ("Seconds", "Share of voice", "Confidence", "Appearances")
_STYLES = {
    JobState.SUCCEEDED: "green",
    JobState.FAILED: "red",
    JobState.REJECTED: "yellow",
    JobState.CANCELED: "dim",
}


def print_jobs(records: Sequence[JobRecord]) -> None:
    """One row a job, newest first."""
    table = make_table("Job", "Project", "File", "State", "Step", "Received")
    for record in records:
        table.add_row(
            record.job_id,
            record.project,
            shown_name(record.source.key),
            state_of(record),
            step_of(record),
            ago(record.created_at),
        )
    out.print(table)


def print_analyses(records: Sequence[JobRecord], analyses: Mapping[str, Analysis]) -> None:
    """One row a brand and file; a job without a result shows why."""
    table = make_table("File", "Brand", *_FIGURES, numeric=_FIGURES)
    for record in records:
        name = shown_name(record.source.key)
        analysis = analyses.get(record.job_id)
        if analysis is None:
            table.add_row(name, Text(record.state, _STYLES.get(record.state, "")))
        elif not analysis.brands:
            table.add_row(name, Text("none found", "dim"))
        else:
            for brand in analysis.brands:
                seconds = "" if brand.on_screen_seconds is None else f"{brand.on_screen_seconds:.1f}"
                table.add_row(
                    name,
                    brand.label,
                    seconds,
                    percent(brand.share_of_voice),
                    certainty(brand.peak_confidence),
                    str(brand.appearances),
                )
                name = ""
    out.print(table)
    for record in records:
        if record.error:
            name = shown_name(record.source.key)
            out.print(f"{name}: {record.error.code}: {record.error.message}", soft_wrap=True)


def state_of(record: JobRecord) -> Text:
    """The state, with its reason code where it has one, coloured."""
    reason = f" ({record.error.code})" if record.error else ""
    return Text(f"{record.state}{reason}", _STYLES.get(record.state, ""))


def step_of(record: JobRecord) -> str:
    if record.step is None or record.state.is_terminal:
        return ""
    return record.step if record.total is None else f"{record.step} {record.done or 0}/{record.total}"
