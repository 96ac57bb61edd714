"""What Ground Truth takes in one labeling job, so that nobody is asked for what it would refuse.

The quotas are those of CreateLabelingJob in https://docs.aws.amazon.com/sagemaker/latest/dg/input-data-limits.html:
of labels ("Label category quotas"), of items ("Input data quotas"), and of videos and their frames ("3D point
cloud and video frame labeling job quotas").
"""

from collections.abc import Mapping
from typing import NamedTuple

from brandlens.errors import InvalidTrainingRequest
from brandlens.training.tasks import TaskKind


class Limits(NamedTuple):
    """Of one labeling job; None where there is no limit. `items` are pictures, or videos of `frames` each."""

    labels: int | None
    items: int
    frames: int | None


LIMITS: Mapping[TaskKind, Limits] = {
    "video": Limits(labels=30, items=10, frames=2_000),
    "image": Limits(labels=50, items=100_000, frames=None),
    "concept": Limits(labels=None, items=100_000, frames=None),
}
_WORK: Mapping[TaskKind, str] = {
    "video": "box logos in videos",
    "image": "box logos in pictures",
    "concept": "class pictures",
}


def require_labels(count: int, kind: TaskKind, *, what: str) -> None:
    """Refuse, as `what` is, a request that names more labels than people can choose from."""
    most = LIMITS[kind].labels
    if most is not None and count > most:
        raise InvalidTrainingRequest(
            what,
            f"it names {count} labels, and Ground Truth takes {most} where people {_WORK[kind]}",
            f"Name {most} labels or fewer, or bring the labels of the pictures along as annotations",
        )


def require_items(count: int, kind: TaskKind, *, what: str) -> None:
    """Refuse more pictures, or videos, than one labeling job takes."""
    most = LIMITS[kind].items
    if count > most:
        items = "videos" if kind == "video" else "pictures"
        raise InvalidTrainingRequest(
            what,
            f"{count:,} {items} would have to be labeled, and a labeling job of Ground Truth takes {most:,}",
            f"Name {most:,} {items} or fewer in keys, or drop it as several batches",
        )


def require_frames(count: int, video: str, *, what: str) -> None:
    """Refuse a video, whose key is `video`, of more frames than people are shown of one."""
    most = LIMITS["video"].frames
    if most is not None and count > most:
        raise InvalidTrainingRequest(
            what,
            f"{video!r} gives {count:,} frames, and Ground Truth takes {most:,} of one video",
            "Lower the stack's setting max_training_frames_per_video",
        )
