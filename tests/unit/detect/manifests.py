"""Manifests, and the folders of pictures that they name."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from brandlens.detect.dataset import LabeledImage
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledBox, LabeledPicture, labels_of

PICTURES = "pictures"


def lay(folder: Path, images: Mapping[str, LabeledImage]) -> Path:
    """Write each picture under its name below `folder`/pictures; return a manifest that names them all.

    The manifest names them in a bucket, below a prefix that the folder does not have.
    """
    named = []
    for name, image in images.items():
        file = folder / PICTURES / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(image.read())
        boxes = tuple(LabeledBox(label=label, box=box) for label, box in image.boxes)
        named.append(
            LabeledPicture(
                name=f"s3://media/training/{name}",
                width=image.width,
                height=image.height,
                boxes=boxes,
                scene=image.scene,
            )
        )
    manifest = folder / "train.manifest"
    now = datetime(2026, 1, 1, tzinfo=UTC)
    manifest.write_text(
        write_manifest(named, labels_of(named), source_ref=str, job_name="test", created_at=now)
    )
    return manifest
