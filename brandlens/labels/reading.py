"""Reads the annotations somebody brought along, in whatever format they are: the content decides.

Files are asked for by their path relative to the folder of pictures: a dict will do, or a mapping that reads
a file when it is asked for.
"""

import json
from collections.abc import Collection, Mapping

from brandlens.labels.coco import read_coco
from brandlens.labels.image_manifest import ClassifiedPicture, read_image_manifest
from brandlens.labels.joining import joined
from brandlens.labels.manifest import read_manifest
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.refusing import invalid
from brandlens.labels.sizes import Size


def read_annotations(
    name: str, files: Mapping[str, bytes], *, labels: Collection[str], sizes: Mapping[str, Size]
) -> tuple[LabeledPicture, ...]:
    """Read boxes.

    Parameters
    ----------
    name
        The annotations among `files`.
    files
        The content of every file by its path, slashes between folders.
    labels
        Those the project knows.
    sizes
        The pictures at hand, by the same paths. Each result has its name from here.

    Raises
    ------
    InvalidLabels
        Names the file, the line or picture, and the reason: no format that is known, a box outside its
        picture, an unknown label, a picture that is not there, or there twice, no box at all, another size
        than the picture's.
    """
    body = _body(name, files)
    if _is_manifest(body):
        pictures = read_manifest(_text(body, name), file=name)
    else:
        pictures = read_coco(body, file=name, labels=labels, available=sizes.keys())
    return joined(pictures, file=name, labels=labels, sizes=sizes)


def read_classifications(
    name: str, files: Mapping[str, bytes], *, labels: Collection[str], sizes: Mapping[str, Size]
) -> tuple[ClassifiedPicture, ...]:
    """Read labels of whole pictures; parameters and errors are those of `read_annotations`."""
    text = _text(_body(name, files), name)
    return joined(read_image_manifest(text, file=name), file=name, labels=labels, sizes=sizes)


def _body(name: str, files: Mapping[str, bytes]) -> bytes:
    if name not in files:
        raise invalid(name, "it is not there")
    # Windows' editors put a byte order mark first.
    return files[name].removeprefix(b"\xef\xbb\xbf")


def _text(body: bytes, name: str) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise invalid(name, f"it is not UTF-8 text ({error})") from error


def _is_manifest(body: bytes) -> bool:
    """Whether the first line is an object of its own that names a picture, as a manifest's lines are."""
    try:
        line = json.loads(body.lstrip().partition(b"\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(line, dict) and "source-ref" in line
