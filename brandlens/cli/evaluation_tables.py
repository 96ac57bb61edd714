"""Tables of how good a detector is; a dash stands for a figure that there is nothing to take from."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from brandlens.cli.console import make_table, out
from brandlens.cli.evaluating import Curve
from brandlens.detect.evaluation.concepts import ConceptEvaluation
from brandlens.detect.evaluation.ranking import Score
from brandlens.exposure.wording import plural
from brandlens.screen_time import SecondsError

if TYPE_CHECKING:  # pycocotools is an extra
    from brandlens.detect.evaluation.evaluate import Evaluation

_MOST_MISTAKES = 12
_BRAND = ("AP@0.5", "AP@0.5:0.95", "Precision", "Recall", "F1", "Boxes")
_CONCEPT = ("AP", "Precision", "Recall", "F1", "Pictures")
_SECONDS = ("Found s", "True s", "Error s", "Error")


def print_evaluation(
    result: "Evaluation", *, pictures: int, negatives: Mapping[str, int], confidence: float
) -> None:
    """The whole first, then false boxes, sizes, brands and mistakes.

    `negatives` counts the pictures without boxes by group.
    """
    best, boxes = result.best, sum(result.boxes.values())
    precisions = (result.mean_average_precision, result.mean_average_precision_50_95)
    # Without any box there is nothing to average.
    loose, strict = (_figure(precision if boxes else None) for precision in precisions)
    counts = f"{plural(pictures, 'picture')}, {plural(boxes, 'box', 'boxes')}"
    lines = [
        f"{counts}: mAP@0.5 {loose}, mAP@0.5:0.95 {strict}",
        _at_own_confidence(result.overall, confidence),
    ]
    if best:
        lines.append(
            f"Best F1 {_figure(best.f1)} at confidence {best.confidence:.0f}, picked on these very pictures"
        )
    if result.false_boxes_per_negative is not None:
        lines.append(
            f"{_figure(result.false_boxes_per_negative)} false boxes a picture on the "
            f"{sum(negatives.values())} without boxes"
        )
    for line in lines:
        out.print(line, soft_wrap=True)
    out.print()
    if len(negatives) > 1:
        _print_false_boxes(result, negatives)
    _print_sizes(result)
    _print_brands(result)
    _print_mistakes(result)


def _print_false_boxes(result: "Evaluation", negatives: Mapping[str, int]) -> None:
    columns = ("Pictures", "False boxes a picture")
    table = make_table("Without boxes, in", *columns, numeric=columns)
    for group, boxes in sorted(result.false_boxes.items()):
        table.add_row(group, str(negatives[group]), _figure(boxes))
    out.print(table, Text(""))


def _print_sizes(result: "Evaluation") -> None:
    from brandlens.detect.evaluation.coco_metrics import LONGEST_SIDE  # pycocotools is an extra

    of_size = f"Longest side, pictures scaled to {LONGEST_SIDE} px"
    table = make_table(of_size, "mAP@0.5", "Boxes", numeric=("mAP@0.5", "Boxes"))
    for size in result.by_size:
        table.add_row(size.size, _figure(size.mean_average_precision), str(size.boxes))
    out.print(table, Text(""))


def _print_brands(result: "Evaluation") -> None:
    table = make_table("Brand", *_BRAND, numeric=_BRAND)
    for label, score in result.per_label.items():
        table.add_row(
            label,
            _figure(result.average_precision[label]),
            _figure(result.average_precision_50_95[label]),
            *map(_figure, (score.precision, score.recall, score.f1)),
            str(result.boxes[label]),
        )
    out.print(table, Text(""))


def _print_mistakes(result: "Evaluation") -> None:
    """The commonest cells of the confusion matrix off its diagonal."""
    mistakes = sorted((c for c in result.confusion if c.true != c.found), key=lambda cell: -cell.boxes)
    table = make_table("Shown", "Found as", "Boxes", numeric=("Boxes",))
    for cell in mistakes[:_MOST_MISTAKES]:
        table.add_row(cell.true or _nothing(), cell.found or _nothing(), str(cell.boxes))
    if len(mistakes) > _MOST_MISTAKES:
        rest = sum(cell.boxes for cell in mistakes[_MOST_MISTAKES:])
        table.add_row(Text("others", "dim"), "", str(rest))
    out.print(table if mistakes else "No mistakes")


def print_concepts(result: ConceptEvaluation, *, pictures: int, confidence: float) -> None:
    """The whole first, then a row a label."""
    accuracy = "" if result.accuracy is None else f", accuracy {_figure(result.accuracy)}"
    out.print(
        f"{plural(pictures, 'picture')}: mAP {_figure(result.mean_average_precision)}{accuracy}",
        soft_wrap=True,
    )
    out.print(_at_own_confidence(result.overall, confidence), soft_wrap=True)
    table = make_table("Label", *_CONCEPT, numeric=_CONCEPT)
    for label, score in result.per_label.items():
        figures = (result.average_precision[label], score.precision, score.recall, score.f1)
        table.add_row(label, *map(_figure, figures), str(result.pictures[label]))
    out.print(Text(""), table)


def print_curve(curve: Curve) -> None:
    """A row for each training, and what they say of more labels."""
    table = make_table("Boxes a brand", "mAP@0.5", numeric=("Boxes a brand", "mAP@0.5"))
    for point in curve.points:
        table.add_row(f"{point.boxes_per_label:.1f}", _figure(point.mean_average_precision))
    out.print(Text(""), table)
    out.print(curve.outlook, soft_wrap=True)


def print_seconds(clips: Mapping[str, Sequence[SecondsError]]) -> None:
    """One row a brand and clip; a brand that is neither found nor there has none."""
    table = make_table("Clip", "Brand", *_SECONDS, numeric=_SECONDS)
    for clip, errors in clips.items():
        name = clip
        for error in errors:
            if error.found or error.true:
                fraction = "" if error.fraction is None else f"{error.fraction:.1%}"
                difference = f"{error.found - error.true:+.1f}"
                table.add_row(
                    name, error.label, f"{error.found:.1f}", f"{error.true:.1f}", difference, fraction
                )
                name = ""
    out.print(table)


def _at_own_confidence(overall: Score, confidence: float) -> str:
    return (
        f"At confidence {confidence:.0f}, the model's own: precision {_figure(overall.precision)}, "
        f"recall {_figure(overall.recall)}, F1 {_figure(overall.f1)}"
    )


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _nothing() -> Text:
    return Text("nothing", "dim")
