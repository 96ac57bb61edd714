"""What a training learns from and what it is tested on, decided from the labels alone."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from brandlens.errors import InvalidLabels
from brandlens.jobs import Value
from brandlens.labels.pictures import LabeledPicture

MAX_BOXES = 50
MIN_SIDE, MAX_SIDE = 64, 4096
"""Custom Labels' limits: boxes in a picture, pixels of its sides."""
TEST_SHARE = 0.2
"""Part of the labeled pictures that is held out."""


class TrainingPlan(Value):
    """Pictures to learn from and to be tested on. Pictures without boxes are in either as their scene is.

    `split_by` is `scene` where whole scenes are held out, and `picture` where there are too few: then test
    pictures may resemble training pictures, and the score flatters. `untested` labels are in no test picture.
    """

    labels: tuple[str, ...]
    train: tuple[LabeledPicture, ...]
    test: tuple[LabeledPicture, ...]
    split_by: Literal["scene", "picture"]
    untested: tuple[str, ...]


def plan_training(pictures: Sequence[LabeledPicture], labels: Iterable[str]) -> TrainingPlan:
    """Check the pictures against the project's labels and split them; the same pictures split the same way.

    Raises `InvalidLabels` naming the picture or label, when a label is unknown or never drawn, a picture is
    outside Custom Labels' limits, or a single labeled picture leaves nothing to test with.
    """
    wanted = tuple(sorted(set(labels)))
    _check(pictures, wanted)
    split_by: Literal["scene", "picture"] = "scene"
    held = _held_out(pictures, [picture.scene for picture in pictures])
    if not any(pictures[place].boxes for place in held):
        split_by = "picture"
        held = _held_out(pictures, [picture.name for picture in pictures])
    test = tuple(picture for place, picture in enumerate(pictures) if place in held)
    tested = {label for picture in test for label in picture.labels}
    if not tested:
        raise _invalid(
            "every label has a single picture, so none is left to test with", "Label more pictures"
        )
    return TrainingPlan(
        labels=wanted,
        train=tuple(picture for place, picture in enumerate(pictures) if place not in held),
        test=test,
        split_by=split_by,
        untested=tuple(label for label in wanted if label not in tested),
    )


def _check(pictures: Sequence[LabeledPicture], labels: Sequence[str]) -> None:
    drawn = Counter(label for picture in pictures for label in picture.labels)
    for label in labels:
        if not drawn[label]:
            raise _invalid(f"no picture shows {label}", "Label some, ten or more")
    for picture in pictures:
        if unknown := sorted(picture.labels - set(labels)):
            raise _invalid(
                f"{picture.name} has a box labeled {unknown[0]}, and the project knows {', '.join(labels)}",
                "Correct the label, or make a project that knows it",
            )
        if len(picture.boxes) > MAX_BOXES:
            raise _invalid(
                f"{picture.name} has {len(picture.boxes)} boxes, and {MAX_BOXES} are the most",
                "Leave the picture out or cut it in parts",
            )
        if (
            not MIN_SIDE
            <= min(picture.width, picture.height)
            <= max(picture.width, picture.height)
            <= MAX_SIDE
        ):
            raise _invalid(
                f"{picture.name} is {picture.width} x {picture.height} pixels, and sides must have "
                f"{MIN_SIDE} to {MAX_SIDE}",
                "Scale the picture, and its boxes with it",
            )


def _held_out(pictures: Sequence[LabeledPicture], groups: Sequence[str]) -> set[int]:
    """Pick whole groups to test on: first one for each label, then until the share is reached.

    A group is left in training where a label would keep less than half of its pictures there.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    # Small groups first, so that testing a label costs training little; a hash breaks ties without favour.
    ordered = sorted(
        members, key=lambda group: (len(members[group]), hashlib.sha256(group.encode()).digest())
    )
    of_label: dict[str, set[int]] = defaultdict(set)
    for place, picture in enumerate(pictures):
        for label in picture.labels:
            of_label[label].add(place)
    held: set[int] = set()

    def may_hold(group: str) -> bool:
        grown = held.union(members[group])
        return all(2 * len(places & grown) <= len(places) for places in of_label.values())

    for _, places in sorted(of_label.items()):
        if not places & held:
            shown = (group for group in ordered if places.intersection(members[group]) and may_hold(group))
            found = next(shown, None)
            held.update(members[found] if found is not None else ())
    labeled = sum(bool(picture.boxes) for picture in pictures)
    for group in ordered:
        if sum(bool(pictures[place].boxes) for place in held) >= TEST_SHARE * labeled:
            break
        if may_hold(group):
            held.update(members[group])
    return held


def _invalid(why: str, remedy: str) -> InvalidLabels:
    return InvalidLabels("The training cannot begin", why, remedy)
