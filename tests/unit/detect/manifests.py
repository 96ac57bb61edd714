"""Manifests, and the folders of pictures that they name."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from brandlens.detect.dataset import LabeledImage
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledBox, LabeledPicture, labels_of

PICTURES = "pictures"
MANIFEST = "train.manifest"
_BUCKET = "s3://media/training"
"""A prefix that the folders do not have."""


def lay(folder: Path, images: Mapping[str, LabeledImage]) -> Path:
    """Write each picture under its name below `folder`/pictures; return a manifest with their boxes."""
    _write_pictures(folder, images)
    listed = [
        LabeledPicture(
            name=f"{_BUCKET}/{name}",
            width=image.width,
            height=image.height,
            boxes=tuple(LabeledBox(label=label, box=box) for label, box in image.boxes),
            scene=image.scene,
        )
        for name, image in images.items()
    ]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    text = write_manifest(listed, labels_of(listed), source_ref=str, job_name="test", created_at=now)
    (folder / MANIFEST).write_text(text)
    return folder / MANIFEST


def lay_classified(folder: Path, images: Mapping[str, tuple[LabeledImage, Sequence[str]]]) -> Path:
    """Write each picture as `lay` does; return a manifest with the labels of whole pictures beside them."""
    _write_pictures(folder, {name: image for name, (image, _) in images.items()})
    lines = []
    for name, (_, labels) in images.items():
        line: dict[str, object] = {"source-ref": f"{_BUCKET}/{name}"}
        for number, label in enumerate(labels):
            kind = "groundtruth/image-classification"
            line |= {f"l{number}": 1, f"l{number}-metadata": {"class-name": label, "type": kind}}
        lines.append(json.dumps(line))
    (folder / MANIFEST).write_text("\n".join(lines))
    return folder / MANIFEST


def _write_pictures(folder: Path, images: Mapping[str, LabeledImage]) -> None:
    for name, image in images.items():
        file = folder / PICTURES / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(image.read())
