"""Made video clips whose truth is known: boards that come, move and go before footage never taught."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.detector.appearance import Appearance, appear
from benchmarks.detector.backgrounds import HEIGHT, SHOTS, WIDTH, Shot, cut_out, split_backgrounds
from benchmarks.detector.logos import BRANDS, TESTED_DISTRACTORS, Artwork, draw_logos
from benchmarks.detector.rendering import TESTED
from local.demo.compositing import Picture
from local.demo.decoding import frames
from local.demo.encoding import encode

COUNT = 3
SECONDS = 20
FRAME_RATE = 25

_SHORTEST_SHOT, _LONGEST_SHOT = 60, 150  # frames, but for a clip's last shot
_BRANDS = 5  # that a clip shows, again and again
_LEAST_SECONDS = 3.0  # of each in all, so that 5 % of it is more than a frame or two
_STRANGERS = 0.4  # share of shots in which an untaught brand is shown too

Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class BenchmarkClip:
    """An MP4 of 1280 x 720 pixels and 25 frames a second, and what is truly in it.

    `truth` says for each brand shown when it is on screen, as (start, end) in seconds, by the rule of
    `Appearance.counts`.
    """

    path: Path
    seconds: float
    truth: Mapping[str, Spans]


@dataclass(frozen=True, eq=False)
class _Scene:
    """Footage of `length` frames from a shot's `first` on, and what appears before it."""

    shot: Shot
    first: int
    length: int
    appearances: tuple[Appearance, ...]


def make_clips(seed: int, cache: Path) -> tuple[BenchmarkClip, ...]:
    """Film the clips of one seed into `cache`, on the test's side of the seed's backgrounds.

    Raises as `local.packages.extract` and `local.demo.encoding.encode` do.
    """
    tested = split_backgrounds(seed, cache)[1]
    logos = draw_logos(BRANDS + TESTED_DISTRACTORS, TESTED.rasterise, cache)
    shots = [shot for shot in SHOTS if shot.clip in tested.clips and shot.last - shot.first >= _SHORTEST_SHOT]
    made = []
    for number in range(COUNT):
        rng = np.random.default_rng([seed, 5, number])
        scenes = _plan(shots, logos, rng)
        path = cache / "clips" / f"{seed}-{number}.mp4"
        path.parent.mkdir(parents=True, exist_ok=True)
        pictures = (
            picture for scene in scenes for picture in _film(scene, tested.clips[scene.shot.clip], rng)
        )
        encode(pictures, path, WIDTH, HEIGHT, FRAME_RATE)
        made.append(BenchmarkClip(path, float(SECONDS), _truth(scenes)))
    return tuple(made)


def _plan(shots: Sequence[Shot], logos: Mapping[str, Artwork], rng: np.random.Generator) -> list[_Scene]:
    """Return the scenes of a clip in which every brand that is shown is shown for long enough."""
    while True:
        scenes = _sequence(shots, logos, rng)
        totals = [sum(end - start for start, end in shown) for shown in _truth(scenes).values()]
        if min(totals) >= _LEAST_SECONDS:
            return scenes


def _sequence(shots: Sequence[Shot], logos: Mapping[str, Artwork], rng: np.random.Generator) -> list[_Scene]:
    """Return scenes that fill a clip; neighbours are different shots."""
    brands = rng.choice(BRANDS, _BRANDS, replace=False)
    scenes: list[_Scene] = []
    left = SECONDS * FRAME_RATE
    while left:
        others = [shot for shot in shots if not scenes or shot != scenes[-1].shot]
        shot = others[int(rng.integers(len(others)))]
        most = min(shot.last - shot.first, _LONGEST_SHOT, left)
        length = most if most <= _SHORTEST_SHOT else int(rng.integers(_SHORTEST_SHOT, most + 1))
        first = int(rng.integers(shot.first, shot.last - length + 1))
        appearances: list[Appearance] = []
        names = [str(name) for name in rng.choice(brands, int(rng.integers(1, 4)), replace=False)]
        if rng.random() < _STRANGERS:
            names.append(str(rng.choice(TESTED_DISTRACTORS)))
        for name in names:
            one = appear(logos[name], length, appearances, rng)
            if one is not None:
                appearances.append(one)
        scenes.append(_Scene(shot, first, length, tuple(appearances)))
        left -= length
    return scenes


def _film(scene: _Scene, file: Path, rng: np.random.Generator) -> Iterator[Picture]:
    share, where = float(rng.uniform(0.7, 1)), int(rng.integers(2**32))
    for number, source in enumerate(frames(file, scene.first, scene.first + scene.length)):
        picture = cut_out(source, share, np.random.default_rng(where))
        for appearance in scene.appearances:
            appearance.paint(picture, number)
        yield picture


def _truth(scenes: Sequence[_Scene]) -> dict[str, Spans]:
    shown: dict[str, set[int]] = defaultdict(set)
    start = 0
    for scene in scenes:
        for one in scene.appearances:
            if one.label in BRANDS:
                shown[one.label] |= {start + number for number in one.frames if one.counts(number)}
        start += scene.length
    return {label: spans(numbers) for label, numbers in sorted(shown.items()) if numbers}


def spans(numbers: set[int]) -> Spans:
    """Return the runs of consecutive frame numbers as (start, end) in seconds."""
    starts = sorted(number for number in numbers if number - 1 not in numbers)
    ends = sorted(number + 1 for number in numbers if number + 1 not in numbers)
    return tuple((start / FRAME_RATE, end / FRAME_RATE) for start, end in zip(starts, ends, strict=True))
