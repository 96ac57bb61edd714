"""Frames out of a clip."""

from pathlib import Path

import pytest

from brandlens.errors import CorruptMedia
from local.demo.decoding import chosen, frames
from tests.local.demo.clips import write


def test_frames_are_the_same_wherever_reading_starts(tmp_path: Path) -> None:
    file = write(tmp_path / "clip.mp4", seed=6, count=70)
    whole = list(frames(file, 0, 70))
    assert len(whole) == 70
    for first in (1, 49, 50, 51, 69):
        assert (next(frames(file, first, 70)) == whole[first]).all()
    assert all((a == whole[k]).all() for k, a in zip((3, 52), chosen(file, {52, 3}), strict=True))


def test_a_clip_that_ends_early_or_is_none_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "clip.mp4", seed=6, count=10)
    with pytest.raises(CorruptMedia, match="10 frames where 11"):
        list(frames(file, 4, 11))
    with pytest.raises(CorruptMedia):
        list(frames(tmp_path / "nothing.mp4", 0, 1))
