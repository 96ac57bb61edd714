"""What a fresh network is worth on the held-out pictures, and where its labels' confidence should be 50."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from brandlens.detect import calibration
from brandlens.detect.artifact import Description, ModelLabel
from brandlens.detect.data_warnings import data_warnings
from brandlens.detect.dataset import boxes_per_label
from brandlens.detect.evaluation.evaluate import LEAST_CONFIDENCE, evaluate, rank
from brandlens.detect.evaluation.ranking import Ranking
from brandlens.detect.inference import EmbeddedDetector
from brandlens.detect.pyramid import LONGEST_DECODED
from brandlens.detect.report import LabelReport, TrainingReport
from brandlens.detect.split import Split
from brandlens.exposure.wording import plural
from brandlens.results import Detection

FEW_STEPS = 50
"""A run with fewer steps gets a warning: the machine was too slow for the budget."""


@dataclass(frozen=True, slots=True)
class Run:
    """How the learning went. `seconds` it took without validation; `final_loss` over its last steps."""

    steps: int
    seconds: float
    seed: int
    final_loss: float


def describe(
    network: bytes,
    parts: Split,
    labels: Sequence[str],
    run: Run,
    *,
    second_looks: Sequence[float],
    threads: int,
) -> Description:
    """Run the exported network over the held-out pictures: operating scores of the labels, and the report."""
    # With an operating score of one half, confidence is the network's score in percent.
    plain = [ModelLabel(name=label, operating_score=0.5) for label in labels]
    detector = EmbeddedDetector(
        network, plain, longest_side=LONGEST_DECODED, second_looks=second_looks, threads=threads
    )
    truths = [image.boxes for image in parts.validation]
    ask = partial(detector.detect, min_confidence=LEAST_CONFIDENCE)
    found = [image.shown_to(ask) for image in parts.validation]
    rankings = [_of_scores(rank(truths, found, label)) for label in labels]
    operating = dict(zip(labels, calibration.operating_scores(rankings), strict=True))
    calibrated = [[_calibrated(d, operating[d.label]) for d in detections] for detections in found]
    shapes = [(image.width, image.height) for image in parts.validation]
    result = evaluate(truths, calibrated, labels, shapes=shapes)
    learning_boxes = boxes_per_label(parts.learning, labels)
    validation_boxes = boxes_per_label(parts.validation, labels)
    report = TrainingReport(
        learning_pictures=len(parts.learning),
        learning_negatives=sum(not image.boxes for image in parts.learning),
        validation_pictures=len(parts.validation),
        validation_negatives=sum(not image.boxes for image in parts.validation),
        split=parts.kind,
        steps=run.steps,
        seconds=round(run.seconds, 3),
        seed=run.seed,
        final_loss=run.final_loss,
        mean_average_precision=result.mean_average_precision,
        mean_average_precision_50_95=result.mean_average_precision_50_95,
        by_size=result.by_size,
        f1=result.overall.f1,
        best_f1=result.best and result.best.f1,
        best_f1_confidence=result.best and result.best.confidence,
        false_boxes_per_negative=result.false_boxes_per_negative,
        labels=tuple(
            LabelReport(
                label=label,
                learning_boxes=learning_boxes[label],
                validation_boxes=validation_boxes[label],
                average_precision=result.average_precision[label],
                average_precision_50_95=result.average_precision_50_95[label],
                precision=result.per_label[label].precision,
                recall=result.per_label[label].recall,
                f1=result.per_label[label].f1,
                curve=result.curves[label],
            )
            for label in labels
        ),
        confusion=result.confusion,
        warnings=_warnings(parts, learning_boxes, validation_boxes, run),
    )
    return Description(
        longest_side=LONGEST_DECODED,
        second_looks=tuple(second_looks),
        labels=tuple(ModelLabel(name=label, operating_score=operating[label]) for label in labels),
        report=report,
    )


def _of_scores(ranking: Ranking) -> Ranking:
    return Ranking(ranking.scores / 100, ranking.right, ranking.boxes)


def _calibrated(detection: Detection, operating_score: float) -> Detection:
    confidence = calibration.confidence(detection.confidence / 100, operating_score)
    return detection.model_copy(update={"confidence": confidence})


def _warnings(
    parts: Split, learning_boxes: dict[str, int], validation_boxes: dict[str, int], run: Run
) -> tuple[str, ...]:
    unseen = [label for label, count in validation_boxes.items() if count == 0]
    said = data_warnings(parts.kind, learning_boxes, ("box", "boxes"), unseen)
    if run.steps < FEW_STEPS:
        said = (*said, f"Only {plural(run.steps, 'step')} fitted into the time; give it more.")
    return said
