"""One network as it learns: its weights, their running average, and one step after the other."""

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from brandlens.detect.grid import STRIDE
from brandlens.detect.training.batch import batch_of
from brandlens.detect.training.crops import Crop, CropSampler
from brandlens.detect.training.loss import total_loss
from brandlens.detect.training.network import Network
from brandlens.detect.training.schedule import Schedule, rate_factor
from brandlens.errors import ModelFailed

LONGEST_MEMORY = 0.998
"""Decay per step of the running average of the weights, reached slowly: early weights are soon forgotten."""
WEIGHT_DECAY = 1e-4
LARGEST_GRADIENT = 10.0
BACKGROUND = 0.05
"""Cells whose target is below this show no logo; heat there is a false find."""


class Learner:
    """Learns from a sampler's crops. The next batch is drawn on a thread while this one is learned from."""

    def __init__(self, sampler: CropSampler, label_count: int, plan: Schedule, device: torch.device) -> None:
        self._sampler, self._plan, self.device = sampler, plan, device
        self._network = Network(label_count).to(device)
        self._network.backbone.freeze(plan.frozen_blocks)
        self._optimizer = _optimizer(self._network, plan)
        self._averaged = AveragedModel(self._network, avg_fn=_forgetful_mean, use_buffers=True)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="crops")
        self._before: dict[str, Any] = {}
        self._upcoming: Future[list[Crop]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    @property
    def averaged(self) -> Network:
        """The network to ship: the running average of the weights."""
        assert isinstance(self._averaged.module, Network)
        return self._averaged.module

    def step(self, progress: float) -> float:
        """Learn from one batch at `progress` (0 to 1) of the time; return the loss.

        Raises `ModelFailed` when the loss is no longer a number.
        """
        crops = (self._upcoming or self._draw()).result()
        self._upcoming = self._draw()
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * rate_factor(progress)
        batch = batch_of(crops, self.device)
        logits, distances = self._network(batch["pictures"])
        loss = total_loss(logits, distances, batch)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), LARGEST_GRADIENT)
        self._optimizer.step()
        value = float(loss.detach())
        if not math.isfinite(value):
            raise ModelFailed(
                "Cannot train the detector", "its loss is no longer a number", "Train with another seed"
            )
        self._averaged.update_parameters(self._network)
        self._tell_false_finds(crops, batch, logits.detach(), distances.detach())
        return value

    def state(self) -> dict[str, Any]:
        """Return everything that the next step depends on, as tensors and plain values."""
        return {
            "network": self._network.state_dict(),
            "averaged": self._averaged.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "sampler": self._before,
            "false_finds": self._sampler.false_finds.state(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self._network.load_state_dict(state["network"])
        self._averaged.load_state_dict(state["averaged"])
        self._optimizer.load_state_dict(state["optimizer"])
        # The batch that was drawn ahead is drawn again, as it was: before the last step's false finds.
        self._sampler.restore(state["sampler"])
        self._upcoming = self._draw()
        wait([self._upcoming])
        self._sampler.false_finds.restore(state["false_finds"])

    def _draw(self) -> "Future[list[Crop]]":
        self._before = self._sampler.state()
        return self._pool.submit(lambda: [self._sampler.draw() for _ in range(self._plan.batch)])

    def _tell_false_finds(
        self, crops: Sequence[Crop], batch: Mapping[str, Tensor], logits: Tensor, distances: Tensor
    ) -> None:
        """Tell the sampler each crop's strongest heat on background."""
        background = (batch["heat"].amax(dim=1) < BACKGROUND) & (batch["asked"] > 0)
        heat = torch.sigmoid(logits).amax(dim=1) * background
        scores, cells = heat.flatten(1).max(dim=1)
        columns = heat.shape[2]
        # The sampler is drawing the next batch now; it must not change under it.
        if self._upcoming is not None:
            wait([self._upcoming])
        for crop, score, cell, sides in zip(
            crops, scores.tolist(), cells.tolist(), distances.flatten(2).permute(0, 2, 1), strict=True
        ):
            row, column = divmod(cell, columns)
            x, y = (column + 0.5) * STRIDE, (row + 0.5) * STRIDE
            left, top, right, bottom = sides[cell].tolist()
            box = np.asarray([x - left, y - top, x + right, y + bottom], np.float32)
            self._sampler.found_wrongly(crop, box, score)


def _optimizer(network: Network, plan: Schedule) -> torch.optim.Optimizer:
    backbone = {id(parameter) for parameter in network.backbone.parameters()}
    body = [p for p in network.parameters() if id(p) in backbone and p.requires_grad]
    heads = [p for p in network.parameters() if id(p) not in backbone]
    return torch.optim.AdamW(
        [
            {"params": body, "lr": plan.backbone_rate, "peak": plan.backbone_rate},
            {"params": heads, "lr": plan.head_rate, "peak": plan.head_rate},
        ],
        weight_decay=WEIGHT_DECAY,
    )


def _forgetful_mean(average: Tensor, current: Tensor, count: Tensor | int) -> Tensor:
    """Move the average towards `current`; `count` is how many it is of already."""
    memory = min(LONGEST_MEMORY, (1.0 + float(count)) / (10.0 + float(count)))
    return average + (current - average) * (1.0 - memory)
