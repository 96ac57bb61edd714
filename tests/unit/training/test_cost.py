"""A training costs what labeling and the service cost together."""

import pytest

from brandlens.results import Cost
from brandlens.training.cost import training_cost
from brandlens.training.report import labeling_cost


def items(cost: Cost) -> list[tuple[str, float, str, float]]:
    return [(item.name, item.quantity, item.unit, item.usd) for item in cost.items]


def test_an_hour_of_training_costs_what_is_published() -> None:
    cost = training_cost(None, 5400, "rekognition")
    assert items(cost) == [("Rekognition Custom Labels, training", 1.5, "hours", 1.5)]
    assert cost.estimated_usd == 1.5
    assert cost.basis is not None
    assert cost.basis.startswith("AWS's published prices")


def test_what_people_labeled_is_part_of_it() -> None:
    cost = training_cost(labeling_cost(50, 0.08), 1800, "rekognition")
    assert items(cost) == [
        ("SageMaker Ground Truth, labeled objects", 50, "objects", pytest.approx(4)),
        ("Rekognition Custom Labels, training", 0.5, "hours", 0.5),
    ]
    assert cost.estimated_usd == pytest.approx(4.5)
    assert str(cost.basis).startswith("the stack's setting of 0.08 USD an object and AWS's published prices")


def test_a_version_that_was_there_costs_nothing_again() -> None:
    cost = training_cost(None, 0, "rekognition")
    assert (cost.estimated_usd, cost.items) == (0, ())


def test_an_embedded_detector_is_trained_for_cents() -> None:
    cost = training_cost(None, 720, "embedded")
    assert items(cost) == [
        ("SageMaker, training on ml.m5.xlarge", 0.2, "hours", pytest.approx(0.046)),
    ]
