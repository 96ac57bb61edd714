"""The service's summary of an evaluation, as its guide shows it and as it describes it."""

import json
from typing import Any

import pytest

from brandlens.errors import ModelFailed
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.training.evaluation import read_scores


def metrics(f1: float, threshold: float | None = None) -> dict[str, float]:
    figures = {"F1Score": f1, "Precision": f1 - 0.01, "Recall": f1 + 0.01}
    return figures if threshold is None else figures | {"Threshold": threshold}


def summary(*labels: tuple[str, dict[str, Any]], overall: dict[str, Any]) -> bytes:
    document = {
        "Version": 1,
        "AggregatedEvaluationResults": overall,
        "EvaluationDetails": {
            "EvaluationEndTimestamp": "2019-11-21T07:30:23.910943",
            "Labels": [label for label, _ in labels],
            "NumberOfTestingImages": 624,
            "NumberOfTrainingImages": 5216,
            "ProjectVersionArn": "arn:aws:rekognition:us-east-1:1:project/cup/version/v0/1",
        },
        "LabelEvaluationResults": [
            {"Label": label, "Metrics": figures, "NumberOfTestingImages": 390} for label, figures in labels
        ],
    }
    return json.dumps(document).encode()


BOTH = (("Watch", metrics(0.9, 0.0145)), ("Cap", metrics(0.98, 0.988)))


@pytest.mark.parametrize(
    "overall",
    [
        {"ConfusionMatrix": [], **metrics(0.97)},
        {"Metrics": metrics(0.97), "AveragePrecision": 0.6, "AverageRecall": 0.9},
    ],
    ids=["as the guide's example", "as the guide's description"],
)
def test_the_figures_are_read_of_all_labels_and_of_each(overall: dict[str, Any]) -> None:
    scores = read_scores(summary(*BOTH, overall=overall), version="v1")
    assert (scores.f1, scores.precision, scores.recall) == pytest.approx((0.97, 0.96, 0.98))
    assert (scores.train_pictures, scores.test_pictures) == (5216, 624)
    cap, watch = scores.labels
    assert (cap.label, cap.test_pictures, watch.label) == ("Cap", 390, "Watch")
    assert (cap.f1, cap.assumed_threshold, watch.assumed_threshold) == pytest.approx((0.98, 98.8, 1.45))


def test_a_single_concepts_second_class_is_left_out_of_the_figures() -> None:
    labels = (("Acme", metrics(0.7, 0.5)), (SECOND_CLASS, metrics(0.95, 0.5)))
    scores = read_scores(summary(*labels, overall=metrics(0.82)), version="v1")
    (acme,) = scores.labels
    assert (acme.label, scores.f1) == ("Acme", 0.7)


def test_a_label_that_was_never_found_has_naught_precision() -> None:
    nothing = {"F1Score": 0.0, "Precision": float("nan"), "Recall": None, "Threshold": None}
    scores = read_scores(summary(("Acme", nothing), overall=metrics(0.5)), version="v1")
    (acme,) = scores.labels
    assert (acme.precision, acme.recall, acme.assumed_threshold) == (0, 0, None)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", summary(*BOTH, overall=metrics(1.9))])
def test_what_is_no_summary_is_refused_naming_the_version(body: bytes) -> None:
    with pytest.raises(ModelFailed, match="model version v1 could not be read"):
        read_scores(body, version="v1")
