import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from brandlens.errors import InvalidLabels
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.reading import read_annotations
from brandlens.labels.sizes import Size

OUTPUT = "out/job/annotations/consolidated-annotation/output/0/SeqLabel.json"
DOCUMENTS: dict[str, Any] = {
    "output.manifest": {
        "source-ref": "s3://media/cup/labeling/seq1.json",
        "job-ref": f"s3://media/{OUTPUT}",
        "job-ref-metadata": {
            "class-map": {"0": "Acme", "1": "Bolt"},
            "job-name": "labeling-job/job",
            "human-annotated": "yes",
            "creation-date": "2020-05-15T08:01:16+0000",
            "type": "groundtruth/video-object-detection",
        },
    },
    "cup/labeling/seq1.json": {
        "seq-no": 1,
        "prefix": "s3://media/cup/pictures/7",
        "number-of-frames": 2,
        "frames": [{"frame-no": 0, "frame": "0.jpg"}, {"frame-no": 1, "frame": "1.jpg"}],
    },
    OUTPUT: {
        "detection-annotations": [
            {
                "annotations": [
                    {
                        "height": 50,
                        "width": 100,
                        "top": 10,
                        "left": 20,
                        "class-id": "1",
                        "label-category-attributes": {"occluded": "no"},
                    }
                ],
                "frame-no": "1",
                "frame": "1.jpg",
            }
        ]
    },
}
SIZES = {"cup/pictures/7/0.jpg": Size(200, 100), "cup/pictures/7/1.jpg": Size(200, 100)}


def read(documents: dict[str, Any]) -> tuple[LabeledPicture, ...]:
    files = {name: json.dumps(document).encode() for name, document in documents.items()}
    return read_annotations("output.manifest", files, labels=["Acme", "Bolt"], sizes=SIZES)


def test_every_frame_of_the_sequence_is_read_and_those_without_boxes_are_negatives() -> None:
    negative, labeled = read(DOCUMENTS)

    assert (negative.name, negative.boxes) == ("cup/pictures/7/0.jpg", ())
    assert labeled.name == "cup/pictures/7/1.jpg"
    (drawn,) = labeled.boxes
    assert drawn.label == "Bolt"
    assert drawn.box.model_dump() == {"left": 0.1, "top": 0.1, "width": 0.5, "height": 0.5}
    assert negative.scene == labeled.scene
    assert negative.is_scene_named
    assert labeled.is_scene_named


Spoil = Callable[[dict[str, Any]], object]


def change(file: str, *path: str | int, to: Any) -> Spoil:
    def spoil(documents: dict[str, Any]) -> None:
        *way, last = path
        part = documents[file]
        for step in way:
            part = part[step]
        part[last] = to

    return spoil


FRAMES = "detection-annotations"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda documents: documents.pop(OUTPUT), r"output\.manifest, line 1.*SeqLabel\.json is not there"),
        (lambda documents: documents.pop("cup/labeling/seq1.json"), r"line 1.*seq1\.json is not there"),
        (change("output.manifest", "job-ref", to={}), "line 1.*video-object-detection"),
        (change("output.manifest", "job-ref-metadata", "class-map", to=[]), "line 1.*class-map"),
        (
            change("output.manifest", "job-ref-metadata", "class-map", to={"0": "Acme"}),
            "class 1 of s3.*1.jpg",
        ),
        (change("cup/labeling/seq1.json", "frames", to=None), r"seq1\.json could not be read: frames"),
        (change("cup/labeling/seq1.json", "frames", 0, "frame", to="9.jpg"), r"7/9\.jpg is not there"),
        (change(OUTPUT, FRAMES, 0, "frame", to="9.jpg"), r"SeqLabel\.json .* frame 9\.jpg is not in s3"),
        (lambda documents: documents[OUTPUT][FRAMES].append(documents[OUTPUT][FRAMES][0]), "labeled twice"),
        (change(OUTPUT, FRAMES, 0, "annotations", 0, "left", to=150), r"7/1\.jpg: .*outside the picture"),
        (change(OUTPUT, FRAMES, 0, "annotations", 0, "width", to="x"), "0.annotations.0.width"),
        (change(OUTPUT, FRAMES, to=[]), "none of its pictures is labeled"),
    ],
)
def test_an_output_that_cannot_be_right_is_refused(spoil: Spoil, why: str) -> None:
    documents = copy.deepcopy(DOCUMENTS)
    spoil(documents)

    with pytest.raises(InvalidLabels, match=why):
        read(documents)
