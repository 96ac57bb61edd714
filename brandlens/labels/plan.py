"""What a training learns from and what it is tested on, decided from the labels alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from brandlens.errors import InvalidLabels
from brandlens.jobs import Value
from brandlens.labels.holding_out import held_out
from brandlens.labels.pictures import LabeledPicture

MAX_BOXES = 50
MIN_SIDE, MAX_SIDE = 64, 4096
"""Custom Labels' limits: boxes in a picture, pixels of its sides."""


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
    shown = [picture.labels for picture in pictures]
    held = held_out(shown, [picture.scene for picture in pictures])
    if not any(pictures[place].boxes for place in held):
        split_by = "picture"
        held = held_out(shown, [picture.name for picture in pictures])
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


def _invalid(why: str, remedy: str) -> InvalidLabels:
    return InvalidLabels("The training cannot begin", why, remedy)
