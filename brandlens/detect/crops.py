"""Draws square training crops from labeled pictures, in the sizes that detection will look at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from brandlens.detect import augment
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.geometry import Floats, areas, intersections
from brandlens.detect.grid import STRIDE, Targets, encode
from brandlens.detect.pictures import decode
from brandlens.detect.pyramid import LARGEST_BOX, LONGEST_SIDE, SMALLEST_IN_COPY, scales

GREY = (127, 127, 127)
"""Fills a crop beyond the picture; the network sees it as naught, like the padding of its convolutions."""
CACHED_PICTURES = 256
"""Decoded pictures kept, of at most 2.8 MB each at 1280 x 720."""
CENTRED = 0.7
"""Share of crops drawn around a box; the others are drawn anywhere, negatives included."""
MOSTLY_VISIBLE = 0.85
"""Share of a box's area that must lie in the crop for it to be asked for."""
CLEARLY_TOO_LARGE = 1.25
"""Boxes this many times the largest are background in this size; those between are left open."""
LEAST_PASTED = 24.0
"""Longest side in pixels below which no logo is shrunk to be pasted."""
SMALLER_COPY = 0.6
"""Crops below this scale stand for the smaller copies of a picture, which need not find small boxes."""
LEAST_IN_COPY = 0.6 * SMALLEST_IN_COPY
"""Longest side in pixels below which boxes in such crops are left open."""
LEAST_SIDE = 5.0
"""Pixels; a box thinner than this in a crop is left open."""


@dataclass(frozen=True, slots=True)
class Crop:
    """`pixels` is side x side x 3, RGB."""

    pixels: npt.NDArray[np.uint8]
    targets: Targets


class CropSampler:
    """An endless supply of crops of `side` pixels; the same seed gives the same crops in the same order."""

    def __init__(
        self, images: Sequence[LabeledImage], labels: Sequence[str], *, side: int, seed: int
    ) -> None:
        self._images = images
        self._side = side
        self._label_count = len(labels)
        self._chance = np.random.default_rng(seed)
        self._fractions = [_fractions(image) for image in images]
        self._labels = [[labels.index(label) for label, _ in image.boxes] for image in images]
        places = [(i, j) for i, image in enumerate(images) for j in range(len(image.boxes))]
        of_label: list[list[tuple[int, int]]] = [[] for _ in labels]
        for i, j in places:
            of_label[self._labels[i][j]].append((i, j))
        self._places = [found for found in of_label if found]
        self._negatives = [i for i, image in enumerate(images) if not image.boxes]
        self._open = lru_cache(CACHED_PICTURES)(self._decode)

    def draw(self) -> Crop:
        """Draw one crop with its targets."""
        picture, boxes, labels, opened = (
            self._centred() if self._chance.random() < CENTRED else self._anywhere()
        )
        if self._chance.random() < 0.5:
            boxes, labels = self._pasted(picture, boxes, labels, opened)
        if self._chance.random() < 0.4:
            patch = self._patch(*self._place(), longest=LARGEST_BOX)
            augment.paste(
                picture, augment.decoy(patch, self._chance), np.concatenate([boxes, opened]), self._chance
            )
        if len(boxes) and self._chance.random() < 0.15:
            augment.occlude(picture, boxes[self._chance.integers(len(boxes))], self._chance)
        pixels = np.asarray(augment.degrade(picture, self._chance), dtype=np.uint8)
        cells = self._side // STRIDE
        return Crop(
            pixels, encode(boxes, labels, opened, height=cells, width=cells, label_count=self._label_count)
        )

    def _place(self) -> tuple[int, int]:
        """Pick a box: every label as often as any other."""
        places = self._places[self._chance.integers(len(self._places))]
        return places[self._chance.integers(len(places))]

    def _centred(self) -> tuple[Image.Image, Floats, list[int], Floats]:
        index, which = self._place()
        left, top, right, bottom = self._boxes(index)[which]
        longest = max(right - left, bottom - top)
        fitting = [
            s
            for s in scales(*self._open(index).size)
            if (s == 1 or longest * s >= SMALLEST_IN_COPY) and longest * s <= LARGEST_BOX
        ]
        scale = fitting[self._chance.integers(len(fitting))] if fitting else min(1.0, LARGEST_BOX / longest)
        most = min(1.35, LARGEST_BOX / (longest * scale))
        scale *= np.exp(self._chance.uniform(np.log(min(0.7, most)), np.log(most)))
        # The box may lie anywhere in the crop, mostly whole.
        slack = np.maximum(0.0, self._side / scale - [right - left, bottom - top]) / 2
        shift = self._chance.uniform(-slack, slack)
        return self._cut(index, (left + right) / 2 + shift[0], (top + bottom) / 2 + shift[1], float(scale))

    def _anywhere(self) -> tuple[Image.Image, Floats, list[int], Floats]:
        from_negatives = self._negatives and self._chance.random() < 0.5
        index = int(
            self._chance.choice(self._negatives)
            if from_negatives
            else self._chance.integers(len(self._images))
        )
        width, height = self._open(index).size
        sizes = scales(width, height)
        scale = sizes[min(int(self._chance.geometric(0.7)) - 1, len(sizes) - 1)]
        scale *= np.exp(self._chance.uniform(np.log(0.7), np.log(1.35)))
        return self._cut(index, self._chance.uniform(0, width), self._chance.uniform(0, height), float(scale))

    def _cut(
        self, index: int, x: float, y: float, scale: float
    ) -> tuple[Image.Image, Floats, list[int], Floats]:
        """Cut the crop around x, y (pixels of the picture): picture, boxes, their labels, open boxes."""
        source, side = self._open(index), self._side
        stretch = np.exp(self._chance.uniform(-0.12, 0.12))
        scale_xy = np.asarray([scale * stretch, scale / stretch])
        # Keep the window inside the picture where the picture is large enough.
        reach = side / scale_xy
        corner = np.clip([x, y] - reach / 2, 0, np.maximum(0, np.asarray(source.size) - reach))
        inner = np.minimum(np.asarray(source.size), corner + reach)
        size = np.clip(np.round((inner - corner) * scale_xy).astype(int), 1, side)
        picture = Image.new("RGB", (side, side), GREY)
        region = (*corner.tolist(), *inner.tolist())
        resized = source.resize(
            (int(size[0]), int(size[1])), Image.Resampling.BILINEAR, box=region, reducing_gap=2
        )
        picture.paste(resized, (0, 0))
        boxes = (self._boxes(index) - np.tile(corner, 2)) * np.tile(scale_xy, 2)
        least = LEAST_IN_COPY if scale < SMALLER_COPY else 0.0
        return picture, *self._sort(boxes.astype(np.float32), self._labels[index], least_longest=least)

    def _sort(
        self, boxes: Floats, labels: Sequence[int], *, least_longest: float
    ) -> tuple[Floats, list[int], Floats]:
        """Split a crop's boxes into those to be found here (with labels) and those left open."""
        frame = np.asarray([[0, 0, self._side, self._side]], np.float32)
        visible = intersections(boxes, frame)[:, 0] / np.maximum(areas(boxes), 1e-6)
        longest = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0)
        shortest = (boxes[:, 2:] - boxes[:, :2]).min(axis=1, initial=np.inf)
        fits = (longest >= least_longest) & (longest <= LARGEST_BOX) & (shortest >= LEAST_SIDE)
        asked = (visible >= MOSTLY_VISIBLE) & fits
        opened = ~asked & (visible > 0) & (longest <= LARGEST_BOX * CLEARLY_TOO_LARGE)
        clipped = np.clip(boxes, 0, self._side)
        return (
            clipped[asked],
            [label for label, here in zip(labels, asked, strict=True) if here],
            clipped[opened],
        )

    def _pasted(
        self, picture: Image.Image, boxes: Floats, labels: list[int], opened: Floats
    ) -> tuple[Floats, list[int]]:
        """Paste a labeled patch of another picture: more backgrounds for every logo."""
        index, which = self._place()
        patch = self._patch(index, which, longest=LARGEST_BOX)
        if min(patch.size) < LEAST_SIDE:
            return boxes, labels
        placed = augment.paste(picture, patch, np.concatenate([boxes, opened]), self._chance)
        if placed is None:
            return boxes, labels
        return np.concatenate([boxes, placed[None]]), [*labels, self._labels[index][which]]

    def _patch(self, index: int, which: int, *, longest: float) -> Image.Image:
        """Cut a labeled box out, in its own size or another one up to `longest` pixels."""
        left, top, right, bottom = self._boxes(index)[which].tolist()
        source = self._open(index)
        region = (max(0, left), max(0, top), min(source.width, right), min(source.height, bottom))
        own = max(right - left, bottom - top)
        # Enlarged much a logo is blurred, shrunk much a mere blot that teaches to see logos in blots.
        most = min(1.3, longest / own)
        least = min(most, max(LEAST_PASTED / own, most / 3))
        scale = np.exp(self._chance.uniform(np.log(least), np.log(most)))
        size = (max(2, round((right - left) * scale)), max(2, round((bottom - top) * scale)))
        return source.resize(size, Image.Resampling.BILINEAR, box=region, reducing_gap=2)

    def _boxes(self, index: int) -> Floats:
        """Return n x 4 boxes in pixels of the decoded (bounded) picture."""
        return self._fractions[index] * np.tile(np.asarray(self._open(index).size, np.float32), 2)

    def _decode(self, index: int) -> Image.Image:
        return decode(self._images[index].read(), longest_side=LONGEST_SIDE)


def _fractions(image: LabeledImage) -> Floats:
    """Return n x 4 left, top, right, bottom in fractions of width and height."""
    corners = [(box.left, box.top, box.left + box.width, box.top + box.height) for _, box in image.boxes]
    return np.asarray(corners, np.float32).reshape(-1, 4)
