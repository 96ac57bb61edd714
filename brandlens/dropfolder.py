"""What the key of a dropped object asks for.

``inbox/<project>/analyze/<any path>/<file>`` asks for an analysis, ``inbox/<project>/train/<batch>/job.json``
for a training on what else lies in the batch's folder. A `job.json` elsewhere below ``train/``, or in other
letters, asks for a training that cannot be. Keys are taken as S3 knows them: a space, `+`, `%` or emoji
stands for itself, nothing is decoded.
"""

from typing import Literal

from brandlens.jobs import Value
from brandlens.training.request import REQUEST_FILE

INBOX = "inbox/"
NO_PROJECT = "(none)"
"""What a job bears as its project when its key names none; no project can be called so."""

_BATCH = 3
"""Slashes before a batch's name in its files' keys."""

Purpose = Literal["analyze", "training", "misplaced", "train", "folder", "elsewhere", "unknown"]


class Drop(Value):
    """What a key asks for.

    `training` is a batch's `job.json`, `misplaced` one that lies elsewhere or is not called just so. `train`
    (the other files of a batch), `folder` and `elsewhere` ask for nothing, `unknown` for something we don't
    offer.
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
    if purpose == "train" and is_request(path):
        return Drop(purpose="misplaced", project=project)
    if purpose == "train" and path:
        return Drop(purpose="train", project=project)
    if purpose == "analyze" and path and not path.endswith("/"):
        return Drop(purpose="analyze", project=project)
    return Drop(purpose="unknown", project=project if rest else NO_PROJECT)


def is_request(name: str) -> bool:
    """Whether a file is called as what begins a training is, whatever its folder and letters."""
    return name.rpartition("/")[2].lower() == REQUEST_FILE


def batch_of(key: str) -> str:
    """Return the name of the batch that the file `key` lies in: the folder below ``train/``."""
    return key.split("/")[_BATCH]


def name_in_batch(key: str) -> str:
    """Return the path of the file `key` below its batch's folder, as whoever dropped it knows it."""
    return key.split("/", _BATCH + 1)[-1]
