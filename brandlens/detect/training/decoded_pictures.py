"""The labeled pictures that training looks at: decoded when needed and kept, and cut to what a crop shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from PIL import Image

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.geometry import Floats, areas, intersections
from brandlens.detect.pictures import decode
from brandlens.detect.pyramid import LARGEST_BOX, LONGEST_DECODED, SMALLEST_IN_COPY
from brandlens.detect.training.false_finds import Place

GREY = (127, 127, 127)
"""Fills a crop beyond the picture; the network sees it as naught, like the padding of its convolutions."""
CACHED_PICTURES = 512
"""Decoded pictures kept, of at most 2.8 MB each at 1280 x 720."""
MOSTLY_VISIBLE = 0.85
"""Share of a box's area that must lie in the crop for it to be asked for."""
CLEARLY_TOO_LARGE = 1.25
"""Boxes this many times the largest are background in this size; those between are left open."""
SMALLER_COPY = 0.6
"""Crops below this scale stand for the smaller copies of a picture, which need not find small boxes."""
LEAST_IN_COPY = 0.6 * SMALLEST_IN_COPY
"""Longest side in pixels below which boxes in such crops are left open."""
LEAST_SIDE = 5.0
"""Pixels; a box thinner than this in a crop is left open."""
SURROUNDINGS = 0.6
"""The widest rim that is pasted with a box, in its shorter sides."""
LEAST_PASTED = 24.0
"""Longest side in pixels below which no logo is shrunk to be pasted."""


@dataclass(slots=True)
class View:
    """What a crop shows: a square picture, its boxes with labels, and boxes left open (all in its pixels).

    A pixel of the crop times `pixel` plus `corner` is a pixel of picture number `index`.
    """

    picture: Image.Image
    boxes: Floats
    labels: list[int]
    opened: Floats
    index: int
    corner: Floats
    pixel: Floats

    @property
    def covered(self) -> Floats:
        """Return the boxes that nothing may be pasted on."""
        return np.concatenate([self.boxes, self.opened])

    def place(self, box: Floats) -> Place:
        """Return where a box of the crop lies in the picture it was cut from."""
        left, top, right, bottom = (box * np.tile(self.pixel, 2) + np.tile(self.corner, 2)).tolist()
        return Place(self.index, (left, top, right, bottom))


class DecodedPictures:
    """Labeled pictures with their boxes in pixels, by index."""

    def __init__(self, images: Sequence[LabeledImage], labels: Sequence[str]) -> None:
        self._images = images
        self._fractions = [_fractions(image) for image in images]
        self.labels = [[labels.index(label) for label, _ in image.boxes] for image in images]
        self.open = lru_cache(CACHED_PICTURES)(self._decode)

    def __len__(self) -> int:
        return len(self._images)

    def places(self, index: int) -> list[Place]:
        """Return where the boxes of a picture are, in pixels of the decoded (bounded) picture."""
        return [Place(index, (box[0], box[1], box[2], box[3])) for box in self._boxes(index).tolist()]

    def touches_a_box(self, place: Place) -> bool:
        """Tell whether a place shares anything with a labeled box of its picture."""
        return bool(intersections(np.asarray([place.box], np.float32), self._boxes(place.picture)).any())

    def cut(self, index: int, x: float, y: float, *, scale: Floats, side: int) -> View:
        """Cut `side` x `side` pixels around x, y (pixels of the picture), at `scale` across and down."""
        source = self.open(index)
        # Keep the window inside the picture where the picture is large enough.
        reach = side / scale
        corner = np.clip([x, y] - reach / 2, 0, np.maximum(0, np.asarray(source.size) - reach))
        inner = np.minimum(np.asarray(source.size), corner + reach)
        size = np.clip(np.round((inner - corner) * scale).astype(int), 1, side)
        picture = Image.new("RGB", (side, side), GREY)
        region = (*corner.tolist(), *inner.tolist())
        resized = source.resize(
            (int(size[0]), int(size[1])), Image.Resampling.BILINEAR, box=region, reducing_gap=2
        )
        picture.paste(resized, (0, 0))
        boxes = ((self._boxes(index) - np.tile(corner, 2)) * np.tile(scale, 2)).astype(np.float32)
        asked, opened = _asked(boxes, side, least=LEAST_IN_COPY if scale.max() < SMALLER_COPY else 0.0)
        clipped = np.clip(boxes, 0, side)
        return View(
            picture,
            clipped[asked],
            [label for label, here in zip(self.labels[index], asked, strict=True) if here],
            clipped[opened],
            index,
            corner.astype(np.float32),
            (1 / scale).astype(np.float32),
        )

    def patch(self, place: Place, chance: np.random.Generator) -> tuple[Image.Image, Floats] | None:
        """Cut a box out with some of what is around it, in its own size or another up to the largest box.

        Returns the patch and the box in it; None if the box is a sliver.
        """
        source = self.open(place.picture)
        box = np.clip(np.asarray(place.box), 0, np.tile(np.asarray(source.size), 2))
        own = float((box[2:] - box[:2]).max())
        # Enlarged much a logo is blurred, shrunk much a mere blot that teaches to see logos in blots.
        most = min(1.3, LARGEST_BOX / max(own, 1.0))
        least = min(most, max(LEAST_PASTED / max(own, 1.0), most / 3))
        scale = np.exp(chance.uniform(np.log(least), np.log(most)))
        if (box[2:] - box[:2]).min() * scale < LEAST_SIDE:
            return None
        region = self._with_surroundings(place, box, chance)
        size = np.maximum(1, np.round((region[2:] - region[:2]) * scale)).astype(int)
        left, top, right, bottom = region.tolist()
        image = source.resize(
            (int(size[0]), int(size[1])),
            Image.Resampling.BILINEAR,
            box=(left, top, right, bottom),
            reducing_gap=2,
        )
        return image, ((box - np.tile(region[:2], 2)) * scale).astype(np.float32)

    def _with_surroundings(self, place: Place, box: Floats, chance: np.random.Generator) -> Floats:
        """Widen a box by a random rim, unless another box reaches into that.

        A patch cut along its box would teach that boxes end where patches do.
        """
        source = self.open(place.picture)
        rim = chance.uniform(0, SURROUNDINGS, 4) * (box[2:] - box[:2]).min() * [-1, -1, 1, 1]
        wide = np.clip(box + rim, 0, np.tile(np.asarray(source.size), 2))
        touched = intersections(np.asarray([box, wide], np.float32), self._boxes(place.picture)) > 0
        return np.asarray(wide if touched[1].sum() == touched[0].sum() else box)

    def _boxes(self, index: int) -> Floats:
        return self._fractions[index] * np.tile(np.asarray(self.open(index).size, np.float32), 2)

    def _decode(self, index: int) -> Image.Image:
        return self._images[index].shown_to(partial(decode, longest_side=LONGEST_DECODED))


def _asked(boxes: Floats, side: int, *, least: float) -> tuple[np.ndarray, np.ndarray]:
    """Tell which of a crop's boxes are to be found here, and which are left open."""
    frame = np.asarray([[0, 0, side, side]], np.float32)
    visible = intersections(boxes, frame)[:, 0] / np.maximum(areas(boxes), 1e-6)
    sides = boxes[:, 2:] - boxes[:, :2]
    longest, shortest = sides.max(axis=1, initial=0), sides.min(axis=1, initial=np.inf)
    fits = (longest >= least) & (longest <= LARGEST_BOX) & (shortest >= LEAST_SIDE)
    asked = (visible >= MOSTLY_VISIBLE) & fits
    return asked, ~asked & (visible > 0) & (longest <= LARGEST_BOX * CLEARLY_TOO_LARGE)


def _fractions(image: LabeledImage) -> Floats:
    """Return n x 4 left, top, right, bottom in fractions of width and height."""
    corners = [(box.left, box.top, box.left + box.width, box.top + box.height) for _, box in image.boxes]
    return np.asarray(corners, np.float32).reshape(-1, 4)
