"""Everything the demo needs to have on disk, made once and kept."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from local.demo import pictures, training, video
from local.demo.brands import LABELS
from local.demo.footage import CLIPS, CREDITS, fetch
from local.demo.storyboard import SHOTS

VERSION = "2"
"""Raised with every change to what is made, so that what stands from before is not taken for it."""
SEED = 2026

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what is being done."""


@dataclass(frozen=True)
class DemoMaterial:
    """Where the demo's material lies.

    Attributes
    ----------
    training_dir, annotations
        Labeled pictures, and their COCO JSON inside that folder.
    video, video_truth
        The video, and a `truth.VideoTruth` as JSON.
    pictures, pictures_truth
        The folder of pictures to analyze, and a `truth.PicturesTruth` as JSON beside it.
    credits
        Whose footage it is and under which licence, a line each; to be shown.
    labels
        The brands that are taught.
    """

    training_dir: Path
    annotations: Path
    video: Path
    video_truth: Path
    pictures: Path
    pictures_truth: Path
    credits: str
    labels: tuple[str, ...]


def ensure(directory: Path, progress: Progress, seed: int = SEED) -> DemoMaterial:
    """Return the demo's material below `directory`, making what is missing there.

    Each part is made beside its place and moved there when it is whole; packages are kept in
    `directory/footage`.

    Raises
    ------
    NotFound, ServiceUnavailable, CorruptMedia
        A package cannot be had, is not the one asked for, or ffmpeg is missing.
    MediaToolFailed
        ffmpeg could not write the video.
    """
    home = directory / f"v{VERSION}-{seed}"
    made = DemoMaterial(
        training_dir=home / "training",
        annotations=home / "training" / "annotations.json",
        video=home / "demo.mp4",
        video_truth=home / "demo.truth.json",
        pictures=home / "pictures",
        pictures_truth=home / "pictures.truth.json",
        credits=CREDITS,
        labels=LABELS,
    )
    _Making(made, directory / "footage", home, progress, seed).finish()
    return made


class _Making:
    """The steps still to do, and how many are done."""

    def __init__(self, made: DemoMaterial, cache: Path, home: Path, progress: Progress, seed: int) -> None:
        self._made, self._cache, self._home, self._seed = made, cache, home, seed
        self._progress = progress
        self._done = 0
        self._words = ""
        self._whole = (
            len(CLIPS)
            + training.COUNT * (not made.annotations.exists())
            + len(pictures.STILLS) * (not made.pictures_truth.exists())
            + sum(shot.length for shot in SHOTS) * (not made.video_truth.exists())
        )

    def finish(self) -> None:
        made = self._made
        if made.annotations.exists() and made.pictures_truth.exists() and made.video_truth.exists():
            return
        self._home.mkdir(parents=True, exist_ok=True)
        clips = {}
        for clip in CLIPS:
            self._say(f"fetching {clip.requirement}")
            clips[clip] = fetch(clip, self._cache)
            self._tick()
        if not made.annotations.exists():
            self._say("drawing labeled pictures")
            folder = _empty(made.training_dir.with_suffix(".part"))
            training.make(folder, clips, self._seed, self._tick, training.COUNT)
            _replace(folder, made.training_dir)
        if not made.pictures_truth.exists():
            self._say("drawing pictures to analyze")
            folder = _empty(made.pictures.with_suffix(".part"))
            stills = pictures.make(folder, clips, self._seed, self._tick)
            _replace(folder, made.pictures)
            made.pictures_truth.write_text(stills.model_dump_json())
        if not made.video_truth.exists():
            self._say("filming the video")
            partial = made.video.with_suffix(".part")
            film = video.make(partial, clips, self._seed, self._tick, SHOTS)
            partial.replace(made.video)
            made.video_truth.write_text(film.model_dump_json())

    def _say(self, words: str) -> None:
        self._words = words
        self._progress(self._done, self._whole, words)

    def _tick(self) -> None:
        self._done += 1
        self._progress(self._done, self._whole, self._words)


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _replace(folder: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    folder.rename(place)
