"""Turns pictures into features, once for each version of a picture that is learned from."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import torch
from PIL import Image

from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.concepts.network import Features
from brandlens.detect.concepts.size import DECODED, SIDE, fitted
from brandlens.detect.concepts.views import view
from brandlens.detect.geometry import Floats
from brandlens.detect.pictures import decode


class Looker:
    """Looks at every picture again and again; the same seed gives the same features in the same order."""

    def __init__(
        self, images: Sequence[ConceptImage], network: Features, device: torch.device, *, seed: int
    ) -> None:
        self._images, self._network, self._device = images, network.to(device), device
        self._chance = np.random.default_rng(seed)

    def whole(self) -> Floats:
        """Return the features of the pictures as they are, n x features."""
        return np.stack([self._features(picture) for picture in self._pictures()])

    def again(self) -> Floats:
        """Return the features of another version of every picture, n x features."""
        return np.stack([self._features(view(picture, self._chance)) for picture in self._pictures()])

    def _pictures(self) -> Iterator[Image.Image]:
        return (image.shown_to(partial(decode, longest_side=DECODED)) for image in self._images)

    @torch.no_grad()
    def _features(self, picture: Image.Image) -> Floats:
        pixels = torch.from_numpy(np.array(fitted(picture, side=SIDE), dtype=np.uint8)).to(self._device)
        features = self._network(pixels.permute(2, 0, 1)[None].float())
        return np.asarray(features[0].cpu().numpy(), np.float32)
