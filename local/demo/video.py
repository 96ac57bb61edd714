"""The demo's video: all shots in order, and the truth about it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from local.demo import truth
from local.demo.brands import LABELS
from local.demo.compositing import Picture
from local.demo.encoding import encode
from local.demo.filming import Study, film, study
from local.demo.footage import Clip
from local.demo.storyboard import FRAME_RATE, HEIGHT, WIDTH, Shot, Take


def make(
    file: Path, clips: Mapping[Clip, Path], seed: int, tick: Callable[[], None], shots: Sequence[Shot]
) -> truth.VideoTruth:
    """Film `shots` into an MP4 at `file` and return what is truly in it; `tick` follows each frame."""
    known: list[truth.FrameTruth] = []

    def pictures() -> Iterator[Picture]:
        rng = np.random.default_rng(seed)
        studies: dict[Take, Study] = {}
        for shot in shots:
            clip = clips[shot.take.clip]
            if shot.take not in studies:
                fixed = [
                    placement for other in shots if other.take == shot.take for placement in other.placements
                ]
                studies[shot.take] = study(clip, shot.take, fixed)
            for picture, seen in film(shot, clip, studies[shot.take], rng):
                index = len(known)
                logos = truth.logos(seen, LABELS, HEIGHT)
                known.append(truth.FrameTruth(index=index, seconds=index / FRAME_RATE, logos=logos))
                yield picture
                tick()

    encode(pictures(), file, WIDTH, HEIGHT, FRAME_RATE)
    starts = list(accumulate(shot.length for shot in shots))
    return truth.VideoTruth(
        rule=truth.RULE,
        width=WIDTH,
        height=HEIGHT,
        frame_rate=FRAME_RATE,
        duration_seconds=starts[-1] / FRAME_RATE,
        cuts=tuple(start / FRAME_RATE for start in starts[:-1]),
        brands=truth.brands(known, LABELS, FRAME_RATE),
        frames=tuple(known),
    )
