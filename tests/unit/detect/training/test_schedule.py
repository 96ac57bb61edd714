import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.training.schedule import (
    SECONDS_FOR_EXPORT,
    SECONDS_FOR_QUANTIZING,
    SECONDS_PER_VALIDATION,
    rate_factor,
    schedule,
)


@given(st.floats(10, 100_000))
def test_learning_validation_and_export_fit_into_the_budget(budget):
    plan = schedule(budget)
    validating = plan.validation_pictures * SECONDS_PER_VALIDATION
    # A handful of held-out pictures is the least a figure can be taken from, however short the time.
    after = SECONDS_FOR_EXPORT + plan.small * SECONDS_FOR_QUANTIZING
    assert plan.learning_seconds + max(validating, 2) + after <= budget + 1
    assert plan.learning_seconds >= 0.6 * budget


@given(st.floats(0, 1.2))
def test_the_rate_stays_between_a_trickle_and_its_peak(progress):
    assert 0 < rate_factor(progress) <= 1


def test_the_rate_rises_shortly_and_then_falls():
    assert rate_factor(0) < rate_factor(0.03) > rate_factor(0.5) > rate_factor(1)
    assert rate_factor(0.03) == pytest.approx(1, abs=0.01)
