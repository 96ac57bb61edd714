"""Watches the loss on held-out pictures while a network learns: when to stop, and which weights to ship."""

import copy
from collections.abc import Sequence
from typing import Any

import torch

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.training.batch import batch_of
from brandlens.detect.training.crops import CropSampler
from brandlens.detect.training.loss import total_loss
from brandlens.detect.training.network import Network

CROPS = 48
"""Held-out crops the loss is taken of; they are drawn once, so that two losses can be compared."""
LEAST_GAIN = 0.005
"""Share by which a loss must be lower than the best before it to count as progress."""
PATIENCE = 0.35
"""Share of the planned time without progress after which learning stops."""


class HeldOut:
    """The least held-out loss so far and its weights, and when there was progress last (`reached`)."""

    def __init__(
        self,
        images: Sequence[LabeledImage],
        labels: Sequence[str],
        *,
        side: int,
        seed: int,
        batch: int,
        device: torch.device,
    ) -> None:
        sampler = CropSampler(images, labels, side=side, seed=seed)
        crops = [sampler.draw() for _ in range(CROPS)]
        self._batches = [batch_of(crops[first : first + batch], device) for first in range(0, CROPS, batch)]
        self.loss = self._to_beat = float("inf")
        self.reached = 0.0
        self._weights: dict[str, Any] = {}

    def look(self, network: Network, progress: float) -> bool:
        """Take the network's loss at `progress` (0 to 1) of the time; False once it is time to stop."""
        loss = self._loss(network)
        if loss < self._to_beat:
            self._to_beat, self.reached = loss * (1 - LEAST_GAIN), progress
        if loss < self.loss:
            self.loss = loss
            self._weights = copy.deepcopy(network.state_dict())
        return progress - self.reached < PATIENCE

    def restore_best(self, network: Network) -> None:
        """Give the network the weights of the least loss, if any was taken."""
        if self._weights:
            network.load_state_dict(self._weights)

    def state(self) -> dict[str, Any]:
        return {
            "loss": self.loss,
            "to_beat": self._to_beat,
            "reached": self.reached,
            "weights": self._weights,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.loss, self._to_beat = state["loss"], state["to_beat"]
        self.reached, self._weights = state["reached"], state["weights"]

    @torch.no_grad()
    def _loss(self, network: Network) -> float:
        network.eval()
        losses = []
        for batch in self._batches:
            logits, distances = network(batch["pictures"])
            losses.append(float(total_loss(logits, distances, batch)))
        network.train()
        return sum(losses) / len(losses)
