"""Which pictures teach and which are held out, so that no scene does both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from brandlens.detect.dataset import LabeledImage

HELD_OUT = 0.2
"""Share of the pictures held out."""

SplitKind = Literal["scene", "picture", "none"]
"""`scene`: whole scenes are held out. `picture`: too few scenes, so single pictures are, and figures flatter.
`none`: too few pictures; the figures are measured on what was learned from."""


@dataclass(frozen=True, slots=True)
class Split:
    learning: tuple[LabeledImage, ...]
    validation: tuple[LabeledImage, ...]
    kind: SplitKind


def split(images: Sequence[LabeledImage], *, seed: int, most: int) -> Split:
    """Hold out about a fifth of the pictures, `most` at the utmost.

    Every label keeps at least half of its pictures to learn from. Whole scenes are held out
    where that leaves something to validate on, else single pictures, else nothing.
    """
    for kind, groups in (("scene", _by_scene(images)), ("picture", [[i] for i in range(len(images))])):
        held = _hold_out(images, groups, seed=seed, wanted=min(most, HELD_OUT * len(images)))
        if any(images[i].boxes for i in held):
            learning = tuple(image for i, image in enumerate(images) if i not in held)
            return Split(
                learning, tuple(images[i] for i in sorted(held)), "scene" if kind == "scene" else "picture"
            )
    shown_first = sorted(images, key=lambda image: not image.boxes)
    return Split(tuple(images), tuple(shown_first[:most]), "none")


def _by_scene(images: Sequence[LabeledImage]) -> list[list[int]]:
    scenes: dict[str, list[int]] = {}
    for index, image in enumerate(images):
        scenes.setdefault(image.scene, []).append(index)
    return list(scenes.values())


def _hold_out(
    images: Sequence[LabeledImage], groups: list[list[int]], *, seed: int, wanted: float
) -> set[int]:
    """Pick groups in random order while they fit: no label may lose more than half its pictures."""
    of_label: dict[str, set[int]] = {}
    for index, image in enumerate(images):
        for label, _ in image.boxes:
            of_label.setdefault(label, set()).add(index)
    held: set[int] = set()
    for number in np.random.default_rng(seed).permutation(len(groups)):
        grown = held | set(groups[number])
        leaves_enough = all(2 * len(pictures & grown) <= len(pictures) for pictures in of_label.values())
        if len(grown) <= max(1.0, wanted * 1.25) and leaves_enough:
            held = grown
        if len(held) >= wanted:
            break
    return held
