"""What a training came to: the data it learned from, what is doubtful about them, and the scores."""

from brandlens.cli.console import make_table, out
from brandlens.cli.version_tables import print_scores
from brandlens.results import Cost
from brandlens.training.report import DataReport
from brandlens.training.versions import TrainedModel

_PICTURES = ("Pictures to learn from", "Pictures to test on")
_COUNTS = ("Boxes", *_PICTURES)


def print_training(report: DataReport, trained: TrainedModel, *, paid: bool) -> None:
    """Print the data report and the scores, a row a label each, and what was `paid`, or would be on AWS."""
    _print_data(report)
    out.print()
    print_scores(trained.scores, title=f"Model version {trained.model.version} on its test pictures")
    out.print()
    _print_cost(trained.cost, paid=paid)
    if trained.active:
        out.print(f"Project {report.project} uses it from now on", soft_wrap=True)
        _print_replaced(trained)
    else:
        out.print(f"Project {report.project} does not use it: {trained.reason}", soft_wrap=True)


def _print_replaced(trained: TrainedModel) -> None:
    before, f1 = trained.replaced, trained.scores.f1
    if before is not None and f1 < before.f1:
        out.print(
            f"Warning: it scores lower than version {before.version}, which the project used before "
            f"({f1:.3f} against {before.f1:.3f}, each on its own test pictures). "
            "Train with that one's files again to have it back",
            soft_wrap=True,
        )


def _print_data(report: DataReport) -> None:
    counts = _COUNTS if report.type == "object" else _PICTURES
    table = make_table("Label", *counts, numeric=counts, title="The data")
    for label in report.labels:
        boxes = () if label.boxes is None else (str(label.boxes),)
        table.add_row(label.label, *boxes, str(label.train_pictures), str(label.test_pictures))
    boxes = (str(report.boxes),) if report.type == "object" else ()
    table.add_row("All", *boxes, str(report.train_pictures), str(report.test_pictures))
    out.print(table)
    if report.negatives:
        out.print(f"{report.negatives} of the pictures show none of them")
    if report.sizes:
        out.print("Boxes by their shorter side: " + ", ".join(_sizes(report)), soft_wrap=True)
    for warning in report.warnings:
        out.print(f"Warning: {warning.message}", soft_wrap=True)


def _print_cost(cost: Cost, *, paid: bool) -> None:
    if cost.items:
        began = "It cost" if paid else "On AWS it would have cost"
        items = ", ".join(f"{item.name} {item.usd:.2f}" for item in cost.items)
        out.print(f"{began} about {cost.estimated_usd:.2f} USD ({items}), by {cost.basis}", soft_wrap=True)


def _sizes(report: DataReport) -> list[str]:
    return [
        f"{each.boxes} of {each.from_pixels} to {each.below_pixels - 1} pixels"
        if each.below_pixels
        else f"{each.boxes} of {each.from_pixels} pixels and more"
        for each in report.sizes
        if each.boxes
    ]
