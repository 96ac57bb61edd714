"""Six brands nobody owns, taught to the demo's model, and three strangers it must not take for one."""

import functools
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from local.demo import marks
from local.demo.lettering import Colour, ink_box, set_word


@dataclass(frozen=True)
class Brand:
    """How one logo is drawn.

    Attributes
    ----------
    mark_colours, word_colour
        Colours on the brand's own plate.
    plate
        Colour of the board it is printed on; boards of all brands are opaque, as on a pitch.
    layout
        Whether the emblem stands beside the word or above it.
    """

    label: str
    word: str
    mark: marks.Mark
    mark_colours: marks.Palette
    word_colour: Colour
    plate: Colour
    weight: float
    spacing: float
    slant: float = 0.0
    layout: Literal["beside", "above"] = "beside"
    word_height: float = 0.52
    mark_last: bool = False


Layer = npt.NDArray[np.uint8]
WHITE, INK = (250, 250, 248), (18, 22, 30)

BRANDS = (
    Brand("Norvane", "NORVANE", marks.wave, ((11, 60, 93), (70, 205, 207)), (11, 60, 93), WHITE, 0.016, 0.03),
    Brand(
        "Kestrix", "KESTRIX", marks.wing, (WHITE, (255, 196, 0)), WHITE, (206, 22, 40), 0.034, 0.0, slant=0.22
    ),
    Brand(
        "Haldric",
        "Haldric",
        marks.hexagon,
        (INK, (255, 198, 20)),
        INK,
        (255, 198, 20),
        0.03,
        -0.01,
        word_height=0.6,
    ),
    Brand(
        "Orbeya",
        "orbeya",
        marks.orbit,
        ((92, 40, 150), (240, 80, 120)),
        (92, 40, 150),
        (244, 240, 250),
        0.022,
        0.0,
    ),
    Brand(
        "Quillor",
        "QUILLOR",
        marks.leaves,
        ((190, 235, 120), (110, 200, 90)),
        (235, 250, 225),
        (14, 74, 48),
        0.006,
        0.10,
        word_height=0.42,
    ),
    Brand(
        "Marabis",
        "MARABIS",
        marks.sunrise,
        ((245, 130, 32), (250, 176, 30)),
        (122, 40, 22),
        (255, 243, 220),
        0.02,
        0.02,
        layout="above",
        word_height=0.34,
    ),
)
STRANGERS = (
    Brand(
        "Tangro", "TANGRO", marks.triangles, ((24, 92, 190), (90, 160, 240)), INK, (238, 242, 248), 0.02, 0.0
    ),
    Brand(
        "Fennway",
        "fennway",
        marks.beads,
        ((236, 92, 160), (250, 170, 60)),
        WHITE,
        (40, 36, 60),
        0.01,
        0.0,
        mark_last=True,
    ),
    Brand(
        "Oxbow",
        "OXBOW",
        marks.bracket,
        ((200, 205, 210), (90, 200, 160)),
        (225, 228, 230),
        (60, 66, 74),
        0.0,
        0.16,
        word_height=0.4,
    ),
)
LABELS = tuple(brand.label for brand in BRANDS)
BY_LABEL = {brand.label: brand for brand in (*BRANDS, *STRANGERS)}


@functools.cache
def draw_logo(label: str, height: int = 320) -> Image.Image:
    """Return a brand's emblem and word as RGBA on nothing, cropped to the ink, about `height` pixels tall."""
    brand = BY_LABEL[label]
    emblem = marks.draw_mark(
        brand.mark, height if brand.layout == "beside" else round(height * 0.66), brand.mark_colours
    )
    emblem = emblem.crop(emblem.getchannel("A").getbbox())
    word = set_word(
        brand.word,
        round(height * brand.word_height),
        brand.word_colour,
        weight=brand.weight,
        spacing=brand.spacing,
        slant=brand.slant,
    )
    gap = round(height * 0.22)
    if brand.layout == "above":
        canvas = Image.new("RGBA", (max(emblem.width, word.width), emblem.height + gap // 2 + word.height))
        canvas.alpha_composite(emblem, ((canvas.width - emblem.width) // 2, 0))
        canvas.alpha_composite(word, ((canvas.width - word.width) // 2, emblem.height + gap // 2))
    else:
        first, second = (word, emblem) if brand.mark_last else (emblem, word)
        canvas = Image.new("RGBA", (first.width + gap + second.width, max(first.height, second.height)))
        canvas.alpha_composite(first, (0, (canvas.height - first.height) // 2))
        canvas.alpha_composite(second, (first.width + gap, (canvas.height - second.height) // 2))
    return canvas.crop(ink_box(canvas))


@dataclass(frozen=True, eq=False)
class Board:
    """A logo on its plate: `art` is BGR (height x width x 3), `ink` (height x width) the logo's opacity, both
    0 to 255."""

    label: str
    art: Layer
    ink: Layer

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.ink.shape[0])

    @property
    def aspect(self) -> float:
        """Width divided by height."""
        return float(self.ink.shape[1] / self.ink.shape[0])

    def pixels(self, shrink: float) -> tuple[Layer, Layer]:
        """Return art and ink at `shrink` times their size, area-averaged so that small boards don't alias."""
        return _shrunk(self, max(8, round(self.height * shrink / 4) * 4))


@functools.lru_cache(maxsize=1024)
def _shrunk(board: Board, height: int) -> tuple[Layer, Layer]:
    size = (max(6, round(height * board.aspect)), height)
    art, ink = (
        np.asarray(cv2.resize(of, size, interpolation=cv2.INTER_AREA), np.uint8)
        for of in (board.art, board.ink)
    )
    return art, ink


@functools.lru_cache(maxsize=512)
def draw_board(label: str, aspect: float | None = None) -> Board:
    """Return the brand's board, `aspect` times as wide as tall (None: as the logo asks)."""
    brand, logo = BY_LABEL[label], draw_logo(label)
    margin = round(logo.height * 0.2)
    natural = logo.width + 2 * margin, logo.height + 2 * margin
    wanted = aspect or natural[0] / natural[1]
    size = (max(natural[0], round(natural[1] * wanted)), max(natural[1], round(natural[0] / wanted)))
    picture, ink = Image.new("RGB", size, brand.plate), Image.new("L", size, 0)
    corner = ((size[0] - logo.width) // 2, (size[1] - logo.height) // 2)
    picture.paste(logo, corner, logo)
    ink.paste(logo.getchannel("A"), corner)
    return Board(label, np.asarray(picture)[..., ::-1].copy(), np.asarray(ink))
