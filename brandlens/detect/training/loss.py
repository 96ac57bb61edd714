"""What the network is punished for."""

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from brandlens.detect.grid import STRIDE

BOX_WEIGHT = 5.0
"""The regression's weight against the heat's, as in TTFNet."""


def total_loss(logits: Tensor, distances: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
    """Return the loss of a network's answer to a batch (see `brandlens.detect.training.batch.batch_of`)."""
    heat = heat_loss(logits, batch["heat"], batch["asked"])
    return heat + BOX_WEIGHT * box_loss(distances, batch["sides"], batch["weight"])


def heat_loss(logits: Tensor, heat: Tensor, asked: Tensor) -> Tensor:
    """Penalty-reduced focal loss per box (CornerNet, arXiv 1808.01244, eq. 1; alpha 2, beta 4).

    `logits` and `heat` are n x labels x h x w, `asked` n x h x w with 0 where nothing is asked.
    """
    probability = torch.sigmoid(logits)
    found = (heat == 1).float()
    missed = found * (1 - probability) ** 2 * logsigmoid(logits)
    invented = (1 - found) * (1 - heat) ** 4 * probability**2 * logsigmoid(-logits)
    return -((missed + invented) * asked[:, None]).sum() / found.sum().clamp(min=1)


def box_loss(distances: Tensor, sides: Tensor, weight: Tensor) -> Tensor:
    """Generalised intersection over union (https://arxiv.org/abs/1902.09630), averaged by `weight`, 0 to 2.

    `distances` and `sides` are n x 4 x h x w (see `brandlens.detect.grid.Targets`), `weight` n x h x w.
    """
    picture, row, column = torch.nonzero(weight, as_tuple=True)
    weights = weight[picture, row, column]
    near = distances[picture, :, row, column]
    x, y = (column + 0.5) * STRIDE, (row + 0.5) * STRIDE
    found = torch.stack([x - near[:, 0], y - near[:, 1], x + near[:, 2], y + near[:, 3]], dim=1)
    truth = sides[picture, :, row, column]
    shared = _area(torch.maximum(found[:, :2], truth[:, :2]), torch.minimum(found[:, 2:], truth[:, 2:]))
    union = _area(found[:, :2], found[:, 2:]) + _area(truth[:, :2], truth[:, 2:]) - shared
    hull = _area(torch.minimum(found[:, :2], truth[:, :2]), torch.maximum(found[:, 2:], truth[:, 2:]))
    giou = shared / union.clamp(min=1e-6) - (hull - union) / hull.clamp(min=1e-6)
    return ((1 - giou) * weights).sum() / weights.sum().clamp(min=1e-6)


def _area(top_left: Tensor, bottom_right: Tensor) -> Tensor:
    return (bottom_right - top_left).clamp(min=0).prod(dim=1)
