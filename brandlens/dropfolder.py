"""What the key of a dropped object asks for.

``inbox/<project>/analyze/<any path>/<file>`` asks for an analysis, ``inbox/<project>/train/<batch>/job.json``
for a training on what else lies in the batch's folder. Keys are taken as S3 knows them: a space, `+`, `%` or
emoji stands for itself, nothing is decoded.
"""

from typing import Literal

from brandlens.jobs import Value
from brandlens.training.request import REQUEST_FILE

INBOX = "inbox/"
NO_PROJECT = "(none)"
"""What a job bears as its project when its key names none; no project can be called so."""

Purpose = Literal["analyze", "training", "train", "folder", "elsewhere", "unknown"]


class Drop(Value):
    """What a key asks for.

    `training` is a batch's `job.json`. `train` (the other files of a batch), `folder` and `elsewhere` ask for
    nothing, `unknown` for something we don't offer.
    """

    purpose: Purpose
    project: str


def drop_of(key: str, size: int) -> Drop:
    """Read the key of an object of `size` bytes.

    An empty object whose key ends with a slash is how consoles draw a folder: nothing was dropped.
    """
    if not key.startswith(INBOX):
        return Drop(purpose="elsewhere", project=NO_PROJECT)
    if key.endswith("/") and size == 0:
        return Drop(purpose="folder", project=NO_PROJECT)
    project, _, rest = key.removeprefix(INBOX).partition("/")
    purpose, _, path = rest.partition("/")
    if not project:
        return Drop(purpose="unknown", project=NO_PROJECT)
    batch, _, file = path.partition("/")
    if purpose == "train" and batch and file == REQUEST_FILE:
        return Drop(purpose="training", project=project)
    if purpose == "train" and path:
        return Drop(purpose="train", project=project)
    if purpose == "analyze" and path and not path.endswith("/"):
        return Drop(purpose="analyze", project=project)
    return Drop(purpose="unknown", project=project if rest else NO_PROJECT)
