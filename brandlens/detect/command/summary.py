"""What a training came to, in a few lines for whoever waited for it."""

from brandlens.detect.concepts.report import ConceptReport
from brandlens.detect.report import TrainingReport


def summary(report: TrainingReport | ConceptReport) -> list[str]:
    """Say what was learned from, how well, and what to be careful of."""
    warnings = [f"Warning: {warning}" for warning in report.warnings]
    return [_data(report), _figures(report), *_outlook(report), *warnings]


def _data(report: TrainingReport | ConceptReport) -> str:
    labels = f"Learned {_count(len(report.labels), 'label')} from "
    if isinstance(report, ConceptReport):
        return f"{labels}{_count(report.pictures, 'picture')} in {report.seconds:.0f} s."
    return (
        f"{labels}{_count(report.learning_pictures, 'picture')} ({report.learning_negatives} without boxes) "
        f"in {_count(report.steps, 'step')}, {report.seconds:.0f} s."
    )


def _figures(report: TrainingReport | ConceptReport) -> str:
    figures = f"mAP {report.mean_average_precision:.3f}, F1 {report.f1:.3f}"
    if isinstance(report, ConceptReport):
        accuracy = "" if report.accuracy is None else f", accuracy {report.accuracy:.3f}"
        return f"On pictures held out in turn: {figures}{accuracy}."
    return f"On {_count(report.validation_pictures, 'held-out picture')}: {figures}."


def _outlook(report: TrainingReport | ConceptReport) -> list[str]:
    return [report.outlook] if isinstance(report, TrainingReport) and report.outlook else []


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
