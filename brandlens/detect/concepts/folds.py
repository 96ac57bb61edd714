"""Which pictures are held out together, so that each is judged by a head that has not seen its scene.

With the backbone fixed, a head is fitted in a moment; so instead of giving up a fifth of the pictures, every
fifth is held out in turn (cross-validation), and the head that is shipped learns from all.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brandlens.detect.concepts.dataset import ConceptImage, pictures_per_label
from brandlens.detect.split import SplitKind

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Folds:
    """`numbers` holds each picture's fold, from 0; all are 0 where `kind` is `none`."""

    numbers: npt.NDArray[np.intp]
    kind: SplitKind


def folds(images: Sequence[ConceptImage], labels: Sequence[str], *, seed: int) -> Folds:
    """Divide the pictures into at most five folds, each label's as evenly as can be.

    Scenes stay whole where each label that has two pictures has two scenes; else pictures are divided
    singly; where no label has two pictures, not at all.
    """
    repeated = {label for label, count in pictures_per_label(images, labels).items() if count > 1}
    if not repeated:
        return Folds(np.zeros(len(images), np.intp), "none")
    scenes: dict[str, list[int]] = defaultdict(list)
    for index, image in enumerate(images):
        scenes[image.scene].append(index)
    groups, kind = list(scenes.values()), "scene"
    shown = [{label for index in group for label in images[index].labels} for group in groups]
    if any(sum(label in here for here in shown) < 2 for label in repeated):
        groups, kind = [[index] for index in range(len(images))], "picture"
    return Folds(_divide(images, groups, seed=seed), "scene" if kind == "scene" else "picture")


def _divide(images: Sequence[ConceptImage], groups: list[list[int]], *, seed: int) -> npt.NDArray[np.intp]:
    """Give each group, the largest first, to the fold that has least of its labels."""
    numbers = np.zeros(len(images), np.intp)
    of_label: dict[str, list[int]] = defaultdict(lambda: [0] * FOLDS)
    sizes = [0] * FOLDS
    shuffled = [groups[place] for place in np.random.default_rng(seed).permutation(len(groups))]
    for group in sorted(shuffled, key=len, reverse=True):
        here = [label for index in group for label in images[index].labels]
        fold = min(range(FOLDS), key=lambda f: (sum(of_label[label][f] for label in here), sizes[f], f))
        numbers[group] = fold
        sizes[fold] += len(group)
        for label in here:
            of_label[label][fold] += 1
    return numbers
