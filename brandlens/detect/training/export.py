"""Writes the trained network as ONNX."""

import copy
import io
import warnings
from collections.abc import Mapping

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from brandlens.detect.training.network import Exported, Network

OPSET = 17


def to_onnx(network: Network) -> bytes:
    """Return the network as an ONNX model with batch norms folded and height and width left open.

    Input `pictures`: 1 x H x W x 3, 8-bit RGB, H and W multiples of 16. Outputs `peaks`,
    1 x labels x H/8 x W/8, and `distances`, 1 x 4 x H/8 x W/8; see `brandlens.detect.grid.decode`.
    """
    cells = {2: "rows", 3: "columns"}
    return written(Exported(_folded(network)), {"peaks": cells, "distances": cells})


def written(network: nn.Module, outputs: Mapping[str, Mapping[int, str]]) -> bytes:
    """Return a network of 8-bit pictures, 1 x H x W x 3, as an ONNX model with height and width left open.

    `outputs` has the names of the outputs, each with the names of those of its axes that are left open.
    """
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # The newer exporter needs onnxscript and takes many times longer for the same graph.
        # It also warns of padding constants it leaves unfolded; ONNX Runtime folds them when it loads.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            (torch.zeros(1, 64, 64, 3, dtype=torch.uint8),),
            buffer,  # type: ignore[arg-type]  # the stub knows paths only
            dynamo=False,
            opset_version=OPSET,
            input_names=["pictures"],
            output_names=list(outputs),
            dynamic_axes={"pictures": {1: "height", 2: "width"}, **outputs},
        )
    return buffer.getvalue()


def _folded(network: Network) -> Network:
    """Return a copy with every batch norm multiplied into the convolution before it."""
    copied = copy.deepcopy(network).eval()
    for parent in list(copied.modules()):
        if isinstance(parent, nn.Sequential):
            for number in range(len(parent) - 1, 0, -1):
                conv, norm = parent[number - 1], parent[number]
                if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                    parent[number - 1] = fuse_conv_bn_eval(conv, norm)
                    parent[number] = nn.Identity()
    return copied
