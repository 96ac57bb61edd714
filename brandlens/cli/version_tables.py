"""Tables of model versions and of their figures by label."""

from collections.abc import Sequence

from rich.text import Text

from brandlens.cli.console import ago, make_table, out
from brandlens.training.scores import ModelScores
from brandlens.training.version_list import ListedVersion

_FIGURES = ("F1", "Precision", "Recall", "Threshold", "Test pictures")


def print_versions(versions: Sequence[ListedVersion]) -> None:
    """One row a version; why it is not used stands below, where lines may be long."""
    table = make_table("Project", "Version", "State", "Active", "F1", "Made", numeric=("F1",))
    for version in versions:
        table.add_row(
            version.project,
            version.version,
            version.status,
            Text("active", "green") if version.active else Text("-", "dim"),
            "" if version.f1 is None else f"{version.f1:.3f}",
            ago(version.created_at) if version.created_at else "",
        )
    out.print(table)
    for version in versions:
        if version.reason:
            out.print(f"{version.version}: {version.reason}", soft_wrap=True)


def print_scores(scores: ModelScores, *, title: str) -> None:
    """One row a label, and one for all of them together. The threshold is a confidence in percent."""
    table = make_table("Label", *_FIGURES, numeric=_FIGURES, title=title)
    for label in scores.labels:
        table.add_row(
            label.label,
            f"{label.f1:.3f}",
            f"{label.precision:.3f}",
            f"{label.recall:.3f}",
            "" if label.assumed_threshold is None else f"{label.assumed_threshold:.1f} %",
            str(label.test_pictures),
        )
    table.add_row(
        Text("All", "bold"),
        f"{scores.f1:.3f}",
        "" if scores.precision is None else f"{scores.precision:.3f}",
        "" if scores.recall is None else f"{scores.recall:.3f}",
        "",
        str(scores.test_pictures),
    )
    out.print(table)
