import json

from brandlens.labels.image_manifest import CLASSIFICATION
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledBox, LabeledPicture
from brandlens.results import Box
from brandlens.training.dataset_counts import dataset_counts
from tests.jobs import NOW

BOX = LabeledBox(label="Acme", box=Box(left=0.1, top=0.1, width=0.5, height=0.5))


def manifest(*boxes: int) -> bytes:
    pictures = [
        LabeledPicture(name=str(place), width=100, height=80, boxes=(BOX,) * count, scene="s")
        for place, count in enumerate(boxes)
    ]
    text = write_manifest(
        pictures, ["Acme"], source_ref=lambda name: f"s3://media/{name}", job_name="job", created_at=NOW
    )
    return text.encode()


def test_pictures_are_counted_apart_and_boxes_together() -> None:
    counts = dataset_counts(manifest(2, 0, 1), manifest(1))
    assert (counts.train_pictures, counts.test_pictures, counts.boxes) == (3, 1, 4)


def test_whole_pictures_have_no_boxes() -> None:
    metadata = {"class-name": "Acme", "type": CLASSIFICATION}
    line = json.dumps({"source-ref": "s3://media/0", "Acme": 1, "Acme-metadata": metadata}).encode()
    assert dataset_counts(line, line).boxes == 0
