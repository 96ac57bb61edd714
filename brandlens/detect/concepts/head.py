"""The part that learns: a linear layer on the backbone's features, fitted to its only optimum."""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from brandlens.detect.concepts.dataset import ConceptKind
from brandlens.detect.geometry import Floats
from brandlens.errors import ModelFailed

DECAY = 0.1
"""Penalty on the squared weights of standardised features. Measured: 0.03 to 0.3 do alike, 1 is worse."""
LEAST_SPREAD = 1e-3
"""Standard deviation below which a feature says nothing."""
MOST_ITERATIONS = 200


@dataclass(frozen=True, slots=True)
class Head:
    """`weight` is labels x features, `bias` labels; `loss` is what the fit ended with, penalty included."""

    weight: Floats
    bias: Floats
    loss: float

    def logits(self, features: Floats) -> Floats:
        """Return n x labels from n x features."""
        return np.asarray(features @ self.weight.T + self.bias, np.float32)

    def cooled(self, temperature: float) -> "Head":
        """Return the head whose logits are divided by `temperature`."""
        return Head(self.weight / np.float32(temperature), self.bias / np.float32(temperature), self.loss)


def fit(features: Floats, targets: Floats, kind: ConceptKind) -> Head:
    """Fit n x features to n x labels of 0 and 1: softmax regression, or logistic regression of each label.

    The problem is convex and starts from naught: the same input gives the same head.

    Raises
    ------
    ModelFailed
        The features, or the loss, are not numbers.
    """
    if not np.isfinite(features).all():
        raise _failed("what the network sees in the pictures is not all numbers")
    mean = features.mean(axis=0)
    spread = features.std(axis=0) + np.float32(LEAST_SPREAD)
    inputs, wanted = torch.from_numpy((features - mean) / spread), torch.from_numpy(targets)
    weight = torch.zeros(targets.shape[1], features.shape[1], requires_grad=True)
    bias = torch.zeros(targets.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [weight, bias], max_iter=MOST_ITERATIONS, tolerance_change=1e-7, line_search_fn="strong_wolfe"
    )

    def loss() -> torch.Tensor:
        logits = torch.nn.functional.linear(inputs, weight, bias)
        if kind == "multi-class":
            missed = cross_entropy(logits, wanted)
        else:
            missed = binary_cross_entropy_with_logits(logits, wanted, reduction="none").sum(dim=1).mean()
        return missed + DECAY * weight.square().sum()

    def closure() -> float:
        optimizer.zero_grad()
        value = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return float(value.detach())

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    with torch.no_grad():
        final = float(loss())
    if not np.isfinite(final):
        raise _failed("their loss is no longer a number")
    plain = weight.detach().numpy() / spread
    return Head(plain, bias.detach().numpy() - plain @ mean, final)


def _failed(why: str) -> ModelFailed:
    return ModelFailed("Cannot train the concepts", why, "Train with other pictures")
