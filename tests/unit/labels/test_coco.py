import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from brandlens.errors import InvalidLabels
from brandlens.labels.coco import read_coco
from brandlens.labels.pictures import LabeledPicture

DOCUMENT: dict[str, Any] = {
    "info": {"year": 2026},
    "images": [
        {"id": 1, "file_name": "match/1.jpg", "width": 200, "height": 100},
        {"id": 2, "file_name": "2.jpg", "width": 100, "height": 100, "scene": "street"},
    ],
    "annotations": [
        {"id": 10, "image_id": 1, "category_id": 5, "bbox": [20, 10, 100, 50], "area": 5000, "iscrowd": 0}
    ],
    "categories": [
        {"id": 5, "name": "Acme", "supercategory": "brand"},
        {"id": 6, "name": "Never drawn"},
    ],
}


def read(document: dict[str, Any]) -> tuple[LabeledPicture, ...]:
    return read_coco(
        json.dumps(document), file="labels.json", labels=["Acme"], available={"match/1.jpg", "2.jpg"}
    )


def test_boxes_become_fractions_and_pictures_without_boxes_are_kept() -> None:
    labeled, negative = read(DOCUMENT)

    assert labeled.name == "match/1.jpg"
    assert labeled.scene == "match"
    assert labeled.boxes[0].label == "Acme"
    assert labeled.boxes[0].box.model_dump() == {"left": 0.1, "top": 0.1, "width": 0.5, "height": 0.5}
    assert negative.boxes == ()
    assert negative.scene == "street"


def test_pictures_are_found_beside_the_document_that_names_them() -> None:
    at_hand = {"set/match/1.jpg", "set/2.jpg", "2.jpg"}
    pictures = read_coco(json.dumps(DOCUMENT), file="set/labels.json", labels=["Acme"], available=at_hand)

    assert [picture.name for picture in pictures] == ["set/match/1.jpg", "2.jpg"]
    assert [picture.scene for picture in pictures] == ["match", "street"]


def test_one_picture_by_two_names_is_refused() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["images"][1]["file_name"] = "set/match/1.jpg"
    with pytest.raises(InvalidLabels, match=r"file name set/match/1\.jpg"):
        read_coco(json.dumps(document), file="set/l.json", labels=["Acme"], available={"set/match/1.jpg"})


def test_a_box_that_a_tool_rounded_over_the_edge_is_cut_off_there() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["annotations"][0]["bbox"] = [-0.5, 0, 200.9, 100.5]

    box = read(document)[0].boxes[0].box

    assert box.model_dump() == {"left": 0, "top": 0, "width": 1, "height": 1}


def append(section: str, **fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document[section].append(document[section][0] | fields)


def change(section: str, **fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document[section][0].update(fields)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (change("annotations", bbox=[20, 10, 300, 50]), "match/1.jpg.*outside the picture of 200 x 100"),
        (change("annotations", bbox=[20, 10, 0, 50]), "match/1.jpg: a box is 0 x 50 pixels"),
        (change("annotations", bbox=[20, 10, 50]), "annotations.0.bbox"),
        (change("images", width=10**400), "images.0.width: input should be less than"),
        (change("categories", name="Umbrella"), "labeled Umbrella, and the project knows Acme"),
        (change("annotations", category_id=7), "category 7, not listed"),
        (change("annotations", image_id=9), "image 9, not listed"),
        (change("images", file_name="gone.jpg"), "gone.jpg is not there"),
        (append("images", id=3), "the file name match/1.jpg occurs 2 times"),
        (append("images", file_name="2.jpg"), "the image id 1 occurs 2 times"),
        (append("annotations"), "the annotation id 10 occurs 2 times"),
        (append("annotations", id=11), "the same box labeled Acme twice"),
        (append("categories"), "the category id 5 occurs 2 times"),
        (lambda document: document.pop("images"), "images: field required"),
        (
            lambda document: document["annotations"][0].update(iscrowd=1),
            "match/1.jpg has a box labeled Acme around several \\(iscrowd\\): draw each a box of its own",
        ),
    ],
)
def test_annotations_that_cannot_be_right_are_refused(
    spoil: Callable[[dict[str, Any]], None], why: str
) -> None:
    document = copy.deepcopy(DOCUMENT)
    spoil(document)

    with pytest.raises(InvalidLabels, match=why) as refused:
        read(document)

    assert str(refused.value).startswith("labels.json could not be read")


def test_text_that_is_not_json_is_refused() -> None:
    with pytest.raises(InvalidLabels, match=r"labels\.json could not be read: it is not JSON"):
        read_coco(b"<xml/>", file="labels.json", labels=["Acme"], available=[])
