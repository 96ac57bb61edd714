"""Reads the annotations somebody brought along, in whatever format they are: the content decides.

Files are asked for by their path relative to the folder of pictures: a dict will do, or a mapping that reads
a file when it is asked for. The annotations are one of the files, or a folder of them:

==============================  ===========================================================================
COCO                            a JSON document
YOLO                            `data.yaml` or `classes.txt`; the boxes in text files, see `labels.yolo`
Pascal VOC                      a folder of XML files, see `labels.voc`
Custom Labels, Ground Truth     a manifest; that of a video refers to other files, see `labels.sequences`
==============================  ===========================================================================
"""

from codecs import BOM_UTF8
from collections.abc import Collection, Mapping

from pydantic_core import from_json

from brandlens.errors import InvalidLabels
from brandlens.labels.coco import read_coco
from brandlens.labels.decoding import decoded
from brandlens.labels.image_manifest import (
    CLASSIFICATION,
    MULTILABEL,
    ClassifiedPicture,
    read_image_manifest,
)
from brandlens.labels.joining import joined
from brandlens.labels.manifest import OBJECT_DETECTION, read_manifest
from brandlens.labels.manifest_lines import attributes_of
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.refusing import invalid
from brandlens.labels.second_class import is_second_class
from brandlens.labels.sequences import VIDEO_DETECTION, read_sequences
from brandlens.labels.sizes import Size
from brandlens.labels.voc import SUFFIX, read_voc
from brandlens.labels.yolo import CLASS_FILES, DATA_FILE, read_yolo


def read_annotations(
    name: str, files: Mapping[str, bytes], *, labels: Collection[str] | None, sizes: Mapping[str, Size]
) -> tuple[LabeledPicture, ...]:
    """Read boxes.

    Parameters
    ----------
    name
        The annotations: one of `files`, or a folder of them, empty for the folder of everything.
    files
        The content of every file by its path, slashes between folders.
    labels
        Those the project knows; None where any may be used.
    sizes
        The pictures at hand, by the same paths. Each result has its name from here.

    Raises
    ------
    InvalidLabels
        Names the file, the line or picture, and the reason: no format that is known, a box outside its
        picture, an unknown label, a picture that is not there, or there twice, no box at all, another size
        than the picture's.
    """
    name = _entry(name, files)
    pictures = _pictures(name, files, labels, sizes)
    return joined(pictures, file=name, labels=labels, sizes=sizes)


def read_boxes(
    name: str, files: Mapping[str, bytes], *, labels: Collection[str] | None, sizes: Mapping[str, Size]
) -> tuple[LabeledPicture, ...]:
    """Read boxes as `read_annotations` does, and leave it to the caller to join them to pictures.

    Pictures may be named as elsewhere, be of another size than their files, and have no box, all of them.
    """
    return _pictures(_entry(name, files), files, labels, sizes)


def read_classifications(
    name: str, files: Mapping[str, bytes], *, labels: Collection[str] | None, sizes: Mapping[str, Size]
) -> tuple[ClassifiedPicture, ...]:
    """Read labels of whole pictures from a manifest; parameters and errors are as of `read_annotations`.

    Pictures of the second class have no label, and so have those whose lines name none.
    """
    if name not in files:
        raise _absent(name)
    pictures = [
        picture.model_copy(
            update={"labels": tuple(label for label in picture.labels if not is_second_class(label))}
        )
        for picture in read_image_manifest(decoded(name, files[name]), file=name, may_lack_labels=True)
    ]
    return joined(pictures, file=name, labels=labels, sizes=sizes)


def are_classifications(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether the annotations are a manifest that labels whole pictures and has no boxes."""
    return name in files and _manifest_type(files[name]) in (CLASSIFICATION, MULTILABEL)


def _entry(name: str, files: Mapping[str, bytes]) -> str:
    """Return the file that the annotations begin in; the folder itself where it has XML files."""
    if name in files:
        return name
    folder = f"{name}/" if name else ""
    for entry in (DATA_FILE, *CLASS_FILES):
        if folder + entry in files:
            return folder + entry
    below = [file for file in files if file.startswith(folder)]
    if not below:
        raise _absent(name)
    if not any(file.lower().endswith(SUFFIX) for file in below):
        raise invalid(
            name or "the folder", f"it has neither {DATA_FILE}, {' nor '.join(CLASS_FILES)}, nor XML files"
        )
    return name


def _pictures(
    name: str, files: Mapping[str, bytes], labels: Collection[str] | None, sizes: Mapping[str, Size]
) -> tuple[LabeledPicture, ...]:
    body = files.get(name)
    if body is None or name.lower().endswith(SUFFIX) or body.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        return read_voc(name, files, sizes)
    if name.endswith((".yaml", ".yml", *CLASS_FILES)):
        return read_yolo(name, files, sizes)
    kind = _manifest_type(body)
    if kind == VIDEO_DETECTION:
        return read_sequences(decoded(name, body), file=name, files=files, sizes=sizes)
    if kind:
        return read_manifest(decoded(name, body), file=name)
    return read_coco(decoded(name, body), file=name, labels=labels, available=sizes.keys())


def _manifest_type(body: bytes) -> str | None:
    """Return what a manifest's lines are, as the first labeled one tells; None where it is no manifest."""
    found = None
    lines = [line for line in body.removeprefix(BOM_UTF8).split(b"\n") if line.strip()]
    for line in lines:
        try:
            fields = from_json(line)
        except ValueError:
            return found
        # One object alone may be any document; a line of several is one of a manifest, if a bad one.
        if not isinstance(fields, dict) or (len(lines) == 1 and "source-ref" not in fields):
            return found
        for kind in (OBJECT_DETECTION, VIDEO_DETECTION, CLASSIFICATION, MULTILABEL):
            if attributes_of(fields, [kind]):
                return kind
        found = OBJECT_DETECTION
    return found


def _absent(name: str) -> InvalidLabels:
    return invalid(name, "it is not there")
