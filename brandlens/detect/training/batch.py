"""Crops as the tensors that a step takes."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from brandlens.detect.training.crops import Crop


def batch_of(crops: Sequence[Crop], device: torch.device) -> dict[str, Tensor]:
    """Stack n crops: `pictures` n x 3 x side x side (0 to 255), and the targets by their names."""
    # Rows of pixels as they come are what convolutions call channels_last, their faster layout.
    pixels = torch.from_numpy(np.stack([crop.pixels for crop in crops])).to(device)
    targets = {
        name: torch.from_numpy(np.stack([getattr(crop.targets, name) for crop in crops])).to(device)
        for name in ("heat", "sides", "weight", "asked")
    }
    return {"pictures": pixels.permute(0, 3, 1, 2).float(), **targets}
