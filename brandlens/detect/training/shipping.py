"""Chooses which form of a trained network is shipped: in 8 bits, unless that costs accuracy."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from brandlens.detect.artifact import Trained
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.pictures import Pixels, decode
from brandlens.detect.pyramid import LONGEST_DECODED
from brandlens.detect.split import Split
from brandlens.detect.training.validation import Run, describe

MOST_LOST = 0.02
"""Mean average precision on the held-out pictures that 8 bits may cost: a smaller loss on so few is chance.
A network that lost more than 0.01 on 77 of them lost nothing on 200 others (0.963 and 0.969, by what set the
ranges, for 0.961)."""
MEASURED_PICTURES = 16
"""Pictures whose activations set the ranges of the 8 bits."""


def ship(
    network: bytes,
    parts: Split,
    labels: Sequence[str],
    run: Run,
    *,
    small: bool,
    second_looks: Sequence[float],
    threads: int,
) -> Trained:
    """Return the network with its description, in 8 bits if `small` is asked for and as good.

    `second_looks` is for the description: what the detector will do, and is measured with.
    """

    def described(shipped: bytes) -> Trained:
        description = describe(shipped, parts, labels, run, second_looks=second_looks, threads=threads)
        return Trained(shipped, description)

    exact = described(network)
    if not small:
        return exact
    from brandlens.detect.training.quantize import to_int8  # onnx takes a while to import

    measured = _measured(parts.learning, labels, seed=run.seed)
    compact = described(to_int8(network, (_pixels(image) for image in measured), threads=threads))
    lost = exact.report.mean_average_precision - compact.report.mean_average_precision
    return compact if lost <= MOST_LOST else exact


def _measured(images: Sequence[LabeledImage], labels: Sequence[str], *, seed: int) -> list[LabeledImage]:
    """Pick pictures that show every label, as far as so few can, some without any among them."""
    chance = np.random.default_rng(seed)
    shuffled = [images[index] for index in chance.permutation(len(images))]
    with_label = [
        next(image for image in shuffled if any(name == label for name, _ in image.boxes)) for label in labels
    ]
    picked = {id(image): image for image in (*with_label[:MEASURED_PICTURES], *shuffled)}
    return list(picked.values())[:MEASURED_PICTURES]


def _pixels(image: LabeledImage) -> Pixels:
    return np.asarray(image.shown_to(partial(decode, longest_side=LONGEST_DECODED)))
