"""A dozen pictures to analyze: sizes, formats and file names as people have them, and the truth."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from local.demo import truth
from local.demo.brands import LABELS
from local.demo.compositing import Picture
from local.demo.decoding import chosen
from local.demo.footage import BRIDGE, CITY, Clip
from local.demo.scattering import scatter

_ORIENTATION = 0x0112
_TURNED = 6  # EXIF: turn by 90 degrees clockwise to see it upright


@dataclass(frozen=True)
class Still:
    """A picture to make: upright size, the frame of footage behind it, and whose boards stand in it."""

    name: str
    width: int
    height: int
    clip: Clip
    frame: int
    labels: Sequence[str]
    turned: bool = False


STILLS = (
    Still("arrivals hall.jpg", 1920, 1080, BRIDGE, 20, ("Norvane", "Kestrix")),
    Still("bridge-morning.png", 1280, 720, BRIDGE, 110, ("Haldric", "Orbeya", "Quillor")),
    Still("from the ferry.jpg", 1600, 1200, BRIDGE, 240, ("Marabis",)),
    Still("toll-plaza.jpg", 800, 600, BRIDGE, 300, ("Kestrix", "Haldric")),
    Still("portrait.jpg", 1080, 1620, BRIDGE, 350, ("Orbeya", "Norvane")),
    Still("phone-turned.jpg", 1080, 1440, BRIDGE, 390, ("Quillor", "Haldric"), turned=True),
    Still("crossing.png", 1920, 1080, CITY, 15, ("Marabis", "Norvane", "Orbeya", "Kestrix")),
    Still("crossing-detail.png", 1024, 768, CITY, 70, ("Haldric",)),
    Still("rooftops + trees.jpg", 2560, 1440, CITY, 120, ("Quillor", "Tangro")),
    Still("skyline-été.jpg", 1920, 1080, CITY, 160, ("Kestrix", "Orbeya", "Fennway")),
    Still("skyline-strangers.png", 1280, 720, CITY, 215, ("Tangro", "Oxbow")),
    Still("skyline-plain.png", 640, 480, CITY, 270, ()),
)


def make(
    folder: Path, clips: Mapping[Clip, Path], seed: int, tick: Callable[[], None]
) -> truth.PicturesTruth:
    """Write the pictures into `folder` and return what is truly in each."""
    rng = np.random.default_rng(seed)
    known: dict[str, tuple[truth.VisibleLogo, ...]] = {}
    for still, frame in _frames(clips):
        picture = _cover(frame, still.width, still.height)
        seen = scatter(picture, still.labels, rng)
        known[still.name] = truth.logos(seen, LABELS, still.height)
        _save(picture, folder / still.name, turned=still.turned)
        tick()
    return truth.PicturesTruth(rule=truth.RULE, pictures=known)


def _frames(clips: Mapping[Clip, Path]) -> Iterator[tuple[Still, Picture]]:
    for clip in dict.fromkeys(still.clip for still in STILLS):
        stills = sorted((still for still in STILLS if still.clip == clip), key=lambda still: still.frame)
        yield from zip(stills, chosen(clips[clip], {still.frame for still in stills}), strict=True)


def _cover(picture: Picture, width: int, height: int) -> Picture:
    """Return the middle of `picture` scaled to fill `width` x `height`."""
    scale = max(width / picture.shape[1], height / picture.shape[0])
    size = (max(width, round(picture.shape[1] * scale)), max(height, round(picture.shape[0] * scale)))
    whole = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.asarray(whole[top : top + height, left : left + width], np.uint8).copy()


def _save(picture: Picture, file: Path, *, turned: bool) -> None:
    image = Image.fromarray(picture[..., ::-1])
    exif = Image.Exif()
    if turned:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[_ORIENTATION] = _TURNED
    if file.suffix == ".png":
        image.save(file, compress_level=3)
    else:
        image.save(file, quality=90, exif=exif)
