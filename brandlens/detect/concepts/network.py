"""The networks of concepts: features of a whole picture, and the classifier that is shipped."""

import torch
from torch import Tensor, nn

from brandlens.detect.concepts.dataset import ConceptKind
from brandlens.detect.concepts.head import Head
from brandlens.detect.training.backbone import Backbone
from brandlens.detect.training.export import written

TAPS = (4, 10, 14, 15)
"""Blocks whose output is looked at, at strides 8, 16, 32 and 32.

Measured on emoji of another maker and on boards in footage: stride 16 alone ranks far worse than all four
(mean average precision 0.36 and 0.51 against 0.54 and 0.70).
"""


class Features(nn.Module):
    """Pictures n x 3 x H x W (0 to 255, H and W multiples of 32) to n x features.

    The features are each channel's mean and maximum over the picture.
    """

    def __init__(self) -> None:
        super().__init__()
        self.backbone = Backbone(TAPS)

    def forward(self, pictures: Tensor) -> Tensor:
        taps = self.backbone(pictures)
        return torch.cat([pooled for tap in taps for pooled in (tap.mean((2, 3)), tap.amax((2, 3)))], dim=1)


class Classifier(nn.Module):
    """The network as it is shipped: 8-bit pictures 1 x H x W x 3 in, probabilities 1 x labels out."""

    def __init__(self, features: Features, head: Head, kind: ConceptKind) -> None:
        super().__init__()
        self.features = features
        self.linear = nn.Linear(head.weight.shape[1], head.weight.shape[0])
        self.linear.weight = nn.Parameter(torch.from_numpy(head.weight))
        self.linear.bias = nn.Parameter(torch.from_numpy(head.bias))
        self.probabilities = nn.Softmax(dim=1) if kind == "multi-class" else nn.Sigmoid()

    def forward(self, pictures: Tensor) -> Tensor:
        logits = self.linear(self.features(pictures.permute(0, 3, 1, 2).float()))
        probabilities: Tensor = self.probabilities(logits)
        return probabilities


def to_onnx(classifier: Classifier) -> bytes:
    """Return the classifier as an ONNX model with height and width left open.

    Input `pictures`: 1 x H x W x 3, 8-bit RGB, H and W multiples of 32. Output `scores`: 1 x labels, 0 to 1.
    """
    return written(classifier, {"scores": {}})
