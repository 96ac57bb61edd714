import numpy as np
import pytest

from brandlens.detect.concepts.head import fit
from brandlens.errors import ModelFailed


@pytest.fixture
def clusters():
    """60 points around three corners, with a feature that never changes."""
    chance = np.random.default_rng(1)
    classes = np.arange(60) % 3
    corners = np.asarray([[0, 0], [40, 0], [0, 4]], np.float32)
    points = corners[classes] + chance.standard_normal((60, 2)) * [4, 0.4]
    return np.column_stack([points, np.full(60, 7.0)]).astype(np.float32), np.eye(3, dtype=np.float32)[
        classes
    ]


@pytest.mark.parametrize("kind", ["multi-class", "multi-label"])
def test_classes_that_lie_apart_are_told_apart_whatever_their_features_scales(clusters, kind):
    features, targets = clusters
    head = fit(features, targets, kind)
    assert (head.logits(features).argmax(axis=1) == targets.argmax(axis=1)).all()


def test_the_same_features_give_the_same_head(clusters):
    heads = [fit(*clusters, "multi-class") for _ in range(2)]
    assert (heads[0].weight == heads[1].weight).all()
    assert (heads[0].bias == heads[1].bias).all()


def test_the_fit_is_at_the_optimum(clusters):
    features, targets = clusters
    head = fit(features, targets, "multi-label")
    missed = targets - 1 / (1 + np.exp(-head.logits(features)))
    # Biases bear no penalty: where logistic regression ends, each label's mean probability is its share.
    assert missed.mean(axis=0) == pytest.approx(0, abs=1e-3)


def test_a_cooled_head_divides_its_logits(clusters):
    features, targets = clusters
    head = fit(features, targets, "multi-class")
    assert head.cooled(4.0).logits(features) == pytest.approx(head.logits(features) / 4, abs=1e-4)


def test_features_that_are_no_numbers_are_refused(clusters):
    features, targets = clusters
    features[3, 1] = np.nan
    with pytest.raises(ModelFailed, match="not all numbers"):
        fit(features, targets, "multi-class")
