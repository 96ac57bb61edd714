"""Writes labeled pictures in the formats that `brandlens.labels.reading` reads."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from brandlens.labels.coco import write_coco
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.sequences import write_sequences
from brandlens.labels.voc import write_voc
from brandlens.labels.yolo import write_yolo

Format = Literal["coco", "yolo", "voc", "manifest", "video-manifest"]
"""`manifest` is Custom Labels', which is that of a Ground Truth bounding box job."""
COCO_FILE = "annotations.json"
MANIFEST_FILE = "annotations.manifest"
JOB_NAME = "brandlens"


def needs_place(fmt: Format) -> bool:
    """Whether a format names pictures by where they are in S3."""
    return fmt in ("manifest", "video-manifest")


def place(folder: str) -> Callable[[str], str]:
    """Return what gives the `s3://` URI of a file by its path below the URI of its folder."""
    return lambda name: f"{folder.removesuffix('/')}/{name}"


def write_annotations(
    pictures: Sequence[LabeledPicture],
    fmt: Format,
    *,
    labels: Sequence[str],
    pictures_at: str,
    created_at: datetime,
) -> dict[str, bytes]:
    """Return the files of a format by their paths, to be laid over the pictures' folder.

    `pictures_at` is the `s3://` URI of that folder, for the formats that need one. Only COCO keeps scenes;
    manifests round boxes to whole pixels. Raises `InvalidLabels` for names that a format cannot hold.
    """
    match fmt:
        case "coco":
            return {COCO_FILE: write_coco(pictures, labels)}
        case "yolo":
            return write_yolo(pictures, labels)
        case "voc":
            return write_voc(pictures)
        case "manifest":
            text = write_manifest(
                pictures, labels, source_ref=place(pictures_at), job_name=JOB_NAME, created_at=created_at
            )
            return {MANIFEST_FILE: text.encode()}
        case "video-manifest":
            return write_sequences(
                pictures, labels, ref=place(pictures_at), job_name=JOB_NAME, created_at=created_at
            )
