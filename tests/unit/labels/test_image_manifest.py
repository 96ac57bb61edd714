import json
from typing import Any

import pytest

from brandlens.errors import InvalidLabels
from brandlens.labels.image_manifest import read_image_manifest


def line(name: str = "s3://b/v/1.jpg", **fields: Any) -> str:
    return json.dumps({"source-ref": name, **fields})


def single(label: str) -> dict[str, Any]:
    return {"class-name": label, "confidence": 1, "type": "groundtruth/image-classification"}


def several(**classes: str) -> dict[str, Any]:
    return {"class-map": classes, "type": "groundtruth/image-classification-multilabel"}


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ({"a": 0, "a-metadata": single("Sunrise")}, ("Sunrise",)),
        ({"a": 0, "a-metadata": single("Sun"), "b": 1, "b-metadata": single("Ball")}, ("Ball", "Sun")),
        ({"a": 0, "a-metadata": single("Sun"), "b": 1, "b-metadata": single("Sun")}, ("Sun",)),
        ({"a": [3, 0], "a-metadata": several(**{"0": "Dog", "3": "Cat"})}, ("Cat", "Dog")),
        ({"a": [], "a-metadata": several()}, ()),
        ({"a": 0, "a-metadata": single("Sun"), "n": 1, "n-metadata": {"type": "other"}}, ("Sun",)),
    ],
)
def test_a_picture_has_the_labels_that_its_attributes_name(
    fields: dict[str, Any], labels: tuple[str, ...]
) -> None:
    (picture,) = read_image_manifest(line(**fields), file="m")
    assert (picture.name, picture.scene, picture.labels) == ("s3://b/v/1.jpg", "s3://b/v", labels)


GOOD = line(**{"a": 0, "a-metadata": single("Sun")})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("\n\n", "no lines"),
        (GOOD + "\n{", "line 2, .* not JSON"),
        ("[" * 100_000, "not JSON"),
        (GOOD + "\n\n" + GOOD, "line 3, .* has a line already"),
        (line(), "no attribute"),
        (line("b/1.jpg"), "not an s3:// URI"),
        (line(**{"a": 0, "a-metadata": {"type": "groundtruth/object-detection"}}), "no attribute"),
        (line(**{"a": 0, "a-metadata": {"type": "groundtruth/image-classification"}}), "class-name"),
        (line(**{"a": [1], "a-metadata": several(**{"0": "Dog"})}), "class 1 of a is not in the class-map"),
        (line(**{"a": 0, "a-metadata": {"type": [{}]}}), "no attribute"),
        (line(**{"a": "x", "a-metadata": several()}), "a: ids"),
        (line(**{"a-metadata": several()}), "no attribute"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(InvalidLabels, match=why):
        read_image_manifest(text, file="m")
