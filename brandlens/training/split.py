"""Which pictures of a dataset teach and which test, so that none of both look alike.

Whole scenes are held out: a video, or stills that look alike. Where that leaves nothing to test with, parts
of a video's length are, and the frames next to them are left out of the teaching; of stills, single ones.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Literal, TypeVar

from brandlens.errors import InvalidLabels
from brandlens.labels.holding_out import held_out
from brandlens.labels.image_manifest import ClassifiedPicture
from brandlens.labels.pictures import LabeledPicture

Picture = TypeVar("Picture", LabeledPicture, ClassifiedPicture)
SplitKind = Literal["scene", "time", "picture"]

_STRETCHES = (10, 1_000_000)
"""Into how many parts a video is cut: at first a few, then into its single frames."""


@dataclass(frozen=True, slots=True)
class DatasetSplit(Generic[Picture]):
    """What teaches and what tests, each in the order given.

    `kind` is `scene` where whole scenes are held out. Else test pictures may resemble those that taught, and
    the score flatters: `time` holds out parts of a video, `picture` single stills. `left_out` are frames that
    do neither, being neighbours of frames that test.
    """

    train: tuple[Picture, ...]
    test: tuple[Picture, ...]
    kind: SplitKind
    left_out: int = 0


def split_dataset(pictures: Sequence[Picture], seconds: Mapping[str, float | None]) -> DatasetSplit[Picture]:
    """Split labeled pictures; the same ones are split the same way.

    `seconds` is each picture's time in its video by its name, None for a still. Raises `InvalidLabels` where
    nothing is left to test with, or to learn a label from.
    """
    shown = [picture.labels for picture in pictures]
    held = held_out(shown, [picture.scene for picture in pictures])
    if any(shown[place] for place in held):
        return _parted(pictures, held, "scene", set())
    has_frames = any(seconds[picture.name] is not None for picture in pictures)
    for stretches in _STRETCHES:
        held = held_out(shown, _groups(pictures, seconds, stretches))
        neighbours = _neighbours(pictures, seconds, held)
        split = _parted(pictures, held, "time" if has_frames else "picture", neighbours)
        if any(picture.labels for picture in split.test) and _labels(split.train) == _labels(pictures):
            return split
    raise InvalidLabels(
        "The training cannot begin",
        "there are too few labeled pictures to learn from some and test with others",
        "Add another video, or more pictures of each label",
    )


def _parted(
    pictures: Sequence[Picture], held: set[int], kind: SplitKind, left_out: set[int]
) -> DatasetSplit[Picture]:
    return DatasetSplit(
        train=tuple(one for place, one in enumerate(pictures) if place not in held | left_out),
        test=tuple(one for place, one in enumerate(pictures) if place in held),
        kind=kind,
        left_out=len(left_out),
    )


def _groups(pictures: Sequence[Picture], seconds: Mapping[str, float | None], stretches: int) -> list[str]:
    """Name each picture's group: itself for a still, else the part of its video that it lies in."""
    groups = [picture.name for picture in pictures]
    for scene, places in _videos(pictures, seconds).items():
        length = -(-len(places) // stretches)
        for order, place in enumerate(places):
            groups[place] = f"{scene}\0{order // length}"
    return groups


def _neighbours(pictures: Sequence[Picture], seconds: Mapping[str, float | None], held: set[int]) -> set[int]:
    """Places of frames that are not held out, next to one of the same scene that is."""
    found: set[int] = set()
    for places in _videos(pictures, seconds).values():
        for one, other in pairwise(places):
            if (one in held) != (other in held):
                found.add(other if one in held else one)
    return found


def _videos(pictures: Sequence[Picture], seconds: Mapping[str, float | None]) -> dict[str, list[int]]:
    """Places of the frames of each scene, in order of time."""
    timed: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for place, picture in enumerate(pictures):
        second = seconds[picture.name]
        if second is not None:
            timed[picture.scene].append((second, place))
    return {scene: [place for _, place in sorted(frames)] for scene, frames in timed.items()}


def _labels(pictures: Sequence[Picture]) -> set[str]:
    return {label for picture in pictures for label in picture.labels}
