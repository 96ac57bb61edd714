"""The detector's network: the backbone, a neck that sums its features at stride 8, and two heads."""

import math

import torch
from torch import Tensor, nn

from brandlens.detect.training.backbone import TAPS, Backbone

CHANNELS = 64
DISTANCE_SCALE = 16.0
"""Pixels per unit of a distance head's output."""
DISTANCE_SLACK = 4.0
"""Pixels by which a side may lie on the near side of a cell's middle: half a cell, for very thin boxes."""
RARE = 0.01
"""Heat every cell starts with, so that the mass of empty cells does not drown the first steps."""


def _separable(channels: int, kernel: int, stride: int = 1, out: int = CHANNELS) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels, channels, kernel, stride, kernel // 2, groups=channels, bias=False),
        nn.BatchNorm2d(channels),
        nn.Conv2d(channels, out, 1, bias=False),
        nn.BatchNorm2d(out),
        nn.ReLU(inplace=True),
    )


def _lateral(channels: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(channels, CHANNELS, 1, bias=False), nn.BatchNorm2d(CHANNELS))


class Network(nn.Module):
    """Pictures n x 3 x H x W (0 to 255, H and W multiples of 16) to heat logits and distances.

    Heat is n x labels x H/8 x W/8; distances n x 4 x H/8 x W/8, pixels from the cell's middle to the left,
    top, right and bottom side.
    """

    def __init__(self, label_count: int) -> None:
        super().__init__()
        fine, middle, coarse = TAPS.values()
        self.backbone = Backbone()
        self.fine = _separable(fine, 3, stride=2)
        self.middle = _lateral(middle)
        self.coarse = nn.Sequential(_lateral(coarse), nn.ReLU(inplace=True), _separable(CHANNELS, 5))
        self.neck = nn.Sequential(nn.ReLU(inplace=True), _separable(CHANNELS, 5))
        heat = nn.Conv2d(CHANNELS, label_count, 1)
        heat.bias = nn.Parameter(torch.full((label_count,), math.log(RARE / (1 - RARE))))
        self.heat = nn.Sequential(_separable(CHANNELS, 5), heat)
        self.distances = nn.Sequential(_separable(CHANNELS, 5), nn.Conv2d(CHANNELS, 4, 1))

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        fine, middle, coarse = self.backbone(pictures)
        upsampled = nn.functional.interpolate(self.coarse(coarse), scale_factor=2.0, mode="nearest")
        x = self.neck(self.fine(fine) + self.middle(middle) + upsampled)
        return self.heat(x), nn.functional.softplus(self.distances(x)) * DISTANCE_SCALE - DISTANCE_SLACK


class Exported(nn.Module):
    """The network as it is shipped: 8-bit pictures 1 x H x W x 3 in, peaks and distances out.

    Peaks are probabilities with every cell that is not the highest of its 3 x 3 neighbours set to 0.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        logits, distances = self.network(pictures.permute(0, 3, 1, 2).float())
        heat = torch.sigmoid(logits)
        highest = nn.functional.max_pool2d(heat, 3, stride=1, padding=1)
        return heat * (heat == highest).float(), distances
