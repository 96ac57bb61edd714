"""Draws square training crops from labeled pictures, in the sizes that detection will look at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.geometry import Floats
from brandlens.detect.grid import STRIDE, Targets, encode
from brandlens.detect.pyramid import LARGEST_BOX, SMALLEST_IN_COPY, scales
from brandlens.detect.training import augment
from brandlens.detect.training.decoded_pictures import LEAST_SIDE, DecodedPictures, View
from brandlens.detect.training.false_finds import FalseFinds, Place
from brandlens.detect.training.reground import reground

CENTRED = 0.7
"""Share of crops drawn around a box; the others are drawn anywhere, negatives included."""
AGAIN = 0.5
"""Share of the others drawn around what was taken for a logo before."""
MOST_PASTED, PASTED = 3, 0.4
"""Labeled patches pasted into a crop at most, and how likely each is."""
MOST_DECOYS, DECOYED = 2, 0.35
"""Likewise what looks like a logo and is none."""
HARVESTED = 0.4
"""Share of decoys that are false finds of other pictures, once there are any."""
REGROUNDED = 0.5
"""Share of pasted patches, decoys included, that are put on another ground."""
OCCLUDED = 0.15


@dataclass(frozen=True, slots=True)
class Crop:
    """`pixels` is side x side x 3, RGB. `view` is None where a decoy makes it unlike its picture."""

    pixels: npt.NDArray[np.uint8]
    targets: Targets
    view: View | None


class CropSampler:
    """An endless supply of crops of `side` pixels; the same seed gives the same crops in the same order.

    What the network takes for a logo in them and is none is told to `found_wrongly`, and drawn again.
    """

    def __init__(
        self, images: Sequence[LabeledImage], labels: Sequence[str], *, side: int, seed: int
    ) -> None:
        self._pictures = DecodedPictures(images, labels)
        self._side = side
        self._label_count = len(labels)
        self._chance = np.random.default_rng(seed)
        of_label: list[list[tuple[int, int]]] = [[] for _ in labels]
        for index, here in enumerate(self._pictures.labels):
            for which, label in enumerate(here):
                of_label[label].append((index, which))
        self._of_label = [found for found in of_label if found]
        self._negatives = [index for index, here in enumerate(self._pictures.labels) if not here]
        self.false_finds = FalseFinds()

    def draw(self) -> Crop:
        """Draw one crop with its targets."""
        view = self._centred() if self._chance.random() < CENTRED else self._other()
        for _ in range(self._chance.binomial(MOST_PASTED, PASTED)):
            self._paste(view)
        decoys = int(self._chance.binomial(MOST_DECOYS, DECOYED))
        for _ in range(decoys):
            self._distract(view)
        if len(view.boxes) and self._chance.random() < OCCLUDED:
            augment.occlude(view.picture, view.boxes[self._chance.integers(len(view.boxes))], self._chance)
        pixels = np.asarray(augment.degrade(view.picture, self._chance), dtype=np.uint8)
        cells = self._side // STRIDE
        targets = encode(
            view.boxes, view.labels, view.opened, height=cells, width=cells, label_count=self._label_count
        )
        return Crop(pixels, targets, None if decoys else view)

    def found_wrongly(self, crop: Crop, box: Floats, score: float) -> None:
        """Remember a box (pixels of the crop) that was taken for a logo, unless it lies on a labeled one."""
        if crop.view is None or (box[2:] - box[:2]).min() < LEAST_SIDE:
            return
        place = crop.view.place(box)
        if not self._pictures.touches_a_box(place):
            self.false_finds.remember(place, score)

    def state(self) -> dict[str, Any]:
        """Return where the sampler stands as plain values, for `restore`."""
        return {"chance": self._chance.bit_generator.state, "false_finds": self.false_finds.state()}

    def restore(self, state: dict[str, Any]) -> None:
        self._chance.bit_generator.state = state["chance"]
        self.false_finds.restore(state["false_finds"])

    def _labeled(self) -> tuple[Place, int]:
        """Pick a box and its label: every label as often as any other."""
        boxes = self._of_label[self._chance.integers(len(self._of_label))]
        index, which = boxes[self._chance.integers(len(boxes))]
        return self._pictures.places(index)[which], self._pictures.labels[index][which]

    def _centred(self) -> View:
        place, _ = self._labeled()
        return self._around(place)

    def _around(self, place: Place) -> View:
        """Cut a crop in which the box may lie anywhere, mostly whole."""
        left, top, right, bottom = place.box
        longest = max(right - left, bottom - top)
        fitting = [
            s
            for s in scales(*self._pictures.open(place.picture).size, enlarged=True)
            if (s >= 1 or longest * s >= SMALLEST_IN_COPY) and longest * s <= LARGEST_BOX
        ]
        scale = fitting[self._chance.integers(len(fitting))] if fitting else min(1.0, LARGEST_BOX / longest)
        most = min(1.35, LARGEST_BOX / (longest * scale))
        scale *= np.exp(self._chance.uniform(np.log(min(0.7, most)), np.log(most)))
        slack = np.maximum(0.0, self._side / scale - [right - left, bottom - top]) / 2
        shift = self._chance.uniform(-slack, slack)
        x, y = place.middle
        return self._cut(place.picture, x + shift[0], y + shift[1], scale)

    def _other(self) -> View:
        """Cut a crop anywhere, or around what was taken for a logo before."""
        again = self.false_finds.draw(self._chance) if self._chance.random() < AGAIN else None
        if again is not None:
            return self._around(again)
        from_negatives = self._negatives and self._chance.random() < 0.5
        index = int(
            self._chance.choice(self._negatives)
            if from_negatives
            else self._chance.integers(len(self._pictures))
        )
        width, height = self._pictures.open(index).size
        sizes = scales(width, height, enlarged=True)
        scale = sizes[min(int(self._chance.geometric(0.5)) - 1, len(sizes) - 1)]
        scale *= np.exp(self._chance.uniform(np.log(0.7), np.log(1.35)))
        return self._cut(index, self._chance.uniform(0, width), self._chance.uniform(0, height), scale)

    def _cut(self, index: int, x: float, y: float, scale: float) -> View:
        stretch = np.exp(self._chance.uniform(-0.12, 0.12))
        both = np.asarray([scale * stretch, scale / stretch])
        return self._pictures.cut(index, x, y, scale=both, side=self._side)

    def _paste(self, view: View) -> None:
        """Paste a labeled patch of another picture: more backgrounds for every logo."""
        place, label = self._labeled()
        cut = self._patch(place)
        if cut is None:
            return
        patch, mask, box = augment.tilt(*cut, self._chance)
        placed = augment.paste(view.picture, patch, mask, view.covered, self._chance)
        if placed is not None:
            view.boxes = np.concatenate([view.boxes, [box + np.tile(np.asarray(placed, np.float32), 2)]])
            view.labels.append(label)

    def _patch(self, place: Place) -> tuple[Image.Image, Floats] | None:
        """Cut a patch as `DecodedPictures.patch` does; every other one is given another ground."""
        cut = self._pictures.patch(place, self._chance)
        if cut is None or self._chance.random() >= REGROUNDED:
            return cut
        return reground(*cut, self._chance), cut[1]

    def _distract(self, view: View) -> None:
        """Paste what looks like a logo and is none."""
        again = self.false_finds.draw(self._chance) if self._chance.random() < HARVESTED else None
        cut = self._patch(again or self._labeled()[0])
        if cut is None:
            return
        image, box = cut
        shown = image if again else augment.decoy(image, self._chance)
        patch, mask, _ = augment.tilt(shown, box, self._chance)
        augment.paste(view.picture, patch, mask, view.covered, self._chance)
