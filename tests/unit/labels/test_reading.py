import json
from typing import Any

import pytest

from brandlens.errors import InvalidLabels
from brandlens.labels.reading import read_annotations, read_classifications
from brandlens.labels.sizes import Size

COCO: dict[str, Any] = {
    "images": [{"id": 1, "file_name": "match/1.jpg", "width": 200, "height": 100}],
    "annotations": [{"id": 10, "image_id": 1, "category_id": 5, "bbox": [20, 10, 100, 50]}],
    "categories": [{"id": 5, "name": "Acme"}],
}
BOXES: dict[str, Any] = {
    "source-ref": "s3://old-bucket/somewhere/match/1.jpg",
    "x": {
        "image_size": [{"width": 200, "height": 100, "depth": 3}],
        "annotations": [{"class_id": 0, "left": 20, "top": 10, "width": 100, "height": 50}],
    },
    "x-metadata": {"class-map": {"0": "Acme"}, "type": "groundtruth/object-detection"},
}
CONCEPT: dict[str, Any] = {
    "source-ref": "s3://old-bucket/match/1.jpg",
    "x": 0,
    "x-metadata": {"class-name": "Acme", "type": "groundtruth/image-classification"},
}
SIZES = {"match/1.jpg": Size(200, 100), "2.jpg": Size(200, 100)}


def content(*documents: dict[str, Any]) -> bytes:
    return "\n".join(map(json.dumps, documents)).encode()


@pytest.mark.parametrize("document", [COCO, BOXES], ids=["coco", "manifest"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_the_content_decides_the_format(document: dict[str, Any], mark: bytes) -> None:
    (picture,) = read_annotations(
        "labels", {"labels": mark + content(document)}, labels=["Acme"], sizes=SIZES
    )

    assert picture.name == "match/1.jpg"
    (drawn,) = picture.boxes
    assert drawn.label == "Acme"
    assert drawn.box.model_dump() == {"left": 0.1, "top": 0.1, "width": 0.5, "height": 0.5}


def test_labels_of_whole_pictures_find_their_pictures() -> None:
    (picture,) = read_classifications("m", {"m": content(CONCEPT)}, labels=["Acme"], sizes=SIZES)

    assert (picture.name, picture.labels) == ("match/1.jpg", ("Acme",))


def test_a_line_without_labels_is_a_picture_that_shows_none_of_the_concepts() -> None:
    bare = {"source-ref": "s3://old-bucket/2.png", "brand-of-camera": "x"}
    sizes = SIZES | {"2.png": Size(1, 1)}

    pictures = read_classifications("m", {"m": content(CONCEPT, bare)}, labels=["Acme"], sizes=sizes)

    assert [(one.name, one.labels) for one in pictures] == [("match/1.jpg", ("Acme",)), ("2.png", ())]


def test_a_class_that_the_project_does_not_know_is_refused_with_the_one_for_all_others() -> None:
    other = CONCEPT | {"x-metadata": CONCEPT["x-metadata"] | {"class-name": "other"}}

    with pytest.raises(InvalidLabels) as refused:
        read_classifications("m", {"m": content(other)}, labels=["Acme"], sizes=SIZES)

    assert (
        "match/1.jpg is labeled other, and the project knows Acme, and 'None of these' for pictures"
        in str(refused.value)
    )


def without_boxes() -> dict[str, Any]:
    return BOXES | {"x": BOXES["x"] | {"annotations": []}}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (content(BOXES | {"source-ref": "s3://b/gone.jpg"}), "picture s3://b/gone.jpg is not there"),
        (content(BOXES, BOXES | {"source-ref": "s3://new/match/1.jpg"}), "match/1.jpg is labeled twice"),
        (content(BOXES | {"x-metadata": BOXES["x-metadata"] | {"class-map": {"0": "Umbrella"}}}), "Umbrella"),
        (content(COCO | {"annotations": []}), "none of its pictures is labeled"),
        (content(without_boxes()), "none of its pictures is labeled"),
        (content(BOXES | {"source-ref": 7}), "line 1, could not be read: its source-ref"),
        (b"\xff\xfe{}", r"annotations.json could not be read: it is not UTF-8 text \(see its byte 1\)"),
        (b'{"x": 1}\n' + content(BOXES), "line 1, could not be read: its source-ref is not an s3:// URI"),
    ],
)
def test_what_does_not_fit_the_pictures_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(InvalidLabels, match=why):
        read_annotations("annotations.json", {"annotations.json": body}, labels=["Acme"], sizes=SIZES)


@pytest.mark.parametrize("document", [COCO, BOXES], ids=["coco", "manifest"])
def test_labels_for_a_picture_of_another_size_are_refused(document: dict[str, Any]) -> None:
    sizes = {"match/1.jpg": Size(100, 200)}

    with pytest.raises(InvalidLabels, match="it is 100 x 200 pixels, and its labels are for 200 x 100"):
        read_annotations("labels", {"labels": content(document)}, labels=["Acme"], sizes=sizes)


def test_annotations_that_are_not_there_are_refused() -> None:
    with pytest.raises(InvalidLabels, match=r"labels\.json could not be read: it is not there"):
        read_annotations("labels.json", {}, labels=["Acme"], sizes=SIZES)
