"""Reads the summary that Custom Labels writes of a model's evaluation.

Its layout is documented at
https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/im-summary-file.html; the guide's example has
the figures of all labels one level higher than its description, so both are read.
"""

import math
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from brandlens.errors import ModelFailed
from brandlens.labels.second_class import is_second_class
from brandlens.training.scores import LabelScore, ModelScores


def _naught_for_none(value: object) -> object:
    """Nothing found has no precision, nothing there no recall: figures are naught then."""
    return 0.0 if value is None or (isinstance(value, float) and math.isnan(value)) else value


_Fraction = Annotated[float, BeforeValidator(_naught_for_none), Field(ge=0, le=1)]


class _Metrics(BaseModel):
    f1: _Fraction = Field(alias="F1Score")
    precision: _Fraction = Field(alias="Precision")
    recall: _Fraction = Field(alias="Recall")
    threshold: float | None = Field(default=None, alias="Threshold", ge=0, le=1)


class _Label(BaseModel):
    label: str = Field(alias="Label")
    metrics: _Metrics = Field(alias="Metrics")
    test_pictures: int = Field(alias="NumberOfTestingImages")


class _Aggregated(BaseModel):
    metrics: _Metrics = Field(alias="Metrics")


class _Details(BaseModel):
    train_pictures: int = Field(alias="NumberOfTrainingImages")
    test_pictures: int = Field(alias="NumberOfTestingImages")


class _Summary(BaseModel):
    aggregated: _Aggregated | _Metrics = Field(alias="AggregatedEvaluationResults")
    details: _Details = Field(alias="EvaluationDetails")
    labels: list[_Label] = Field(alias="LabelEvaluationResults")


def read_scores(summary: bytes, *, version: str) -> ModelScores:
    """Read the evaluation of the model version called `version`; `ModelFailed` where it is no such summary.

    The second class of a single concept is left out: what is told of all labels is told of that one then.
    """
    try:
        parsed = _Summary.model_validate_json(summary)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the summary"
        raise ModelFailed(
            f"The evaluation of model version {version} could not be read",
            f"{where}: {first['msg']}",
            "Look at it in the Rekognition console",
        ) from error
    told = [label for label in parsed.labels if not is_second_class(label.label)]
    overall = parsed.aggregated.metrics if isinstance(parsed.aggregated, _Aggregated) else parsed.aggregated
    if len(told) == 1 < len(parsed.labels):
        overall = told[0].metrics
    return ModelScores(
        f1=overall.f1,
        precision=overall.precision,
        recall=overall.recall,
        train_pictures=parsed.details.train_pictures,
        test_pictures=parsed.details.test_pictures,
        labels=tuple(_score(label) for label in sorted(told, key=lambda one: one.label)),
    )


def _score(label: _Label) -> LabelScore:
    threshold = label.metrics.threshold
    return LabelScore(
        label=label.label,
        f1=label.metrics.f1,
        precision=label.metrics.precision,
        recall=label.metrics.recall,
        assumed_threshold=None if threshold is None else 100 * threshold,
        test_pictures=label.test_pictures,
    )
