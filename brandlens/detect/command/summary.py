"""What a training came to, in a few lines for whoever waited for it."""

from brandlens.detect.concepts.report import ConceptReport
from brandlens.detect.report import TrainingReport
from brandlens.exposure.wording import plural


def summary(report: TrainingReport | ConceptReport) -> list[str]:
    """Say what was learned from, how well, and what to be careful of."""
    warnings = [f"Warning: {warning}" for warning in report.warnings]
    return [_data(report), _figures(report), *_outlook(report), *warnings]


def _data(report: TrainingReport | ConceptReport) -> str:
    labels = f"Learned {plural(len(report.labels), 'label')} from "
    if isinstance(report, ConceptReport):
        return f"{labels}{plural(report.pictures, 'picture')} in {report.seconds:.0f} s."
    return (
        f"{labels}{plural(report.learning_pictures, 'picture')} ({report.learning_negatives} without boxes) "
        f"in {plural(report.steps, 'step')}, {report.seconds:.0f} s."
    )


def _figures(report: TrainingReport | ConceptReport) -> str:
    f1 = "" if report.f1 is None else f", F1 {report.f1:.3f}"
    figures = f"mAP {report.mean_average_precision:.3f}{f1}"
    if isinstance(report, ConceptReport):
        accuracy = "" if report.accuracy is None else f", accuracy {report.accuracy:.3f}"
        return f"On pictures held out in turn: {figures}{accuracy}."
    return f"On {plural(report.validation_pictures, 'held-out picture')}: {figures}."


def _outlook(report: TrainingReport | ConceptReport) -> list[str]:
    return [report.outlook] if isinstance(report, TrainingReport) and report.outlook else []
