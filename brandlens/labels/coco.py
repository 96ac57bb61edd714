"""COCO object detection annotations (https://cocodataset.org/#format-data)."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from brandlens.labels.geometry import SLACK, PixelBox, Side, exact_pixels, fault, from_pixels
from brandlens.labels.pictures import LabeledBox, LabeledPicture, scene_of
from brandlens.labels.refusing import first_fault, invalid


class _Image(BaseModel):
    """`scene` is not COCO's own: an optional name for pictures that look alike, so they stay together."""

    id: int
    file_name: str = Field(min_length=1)
    width: Side
    height: Side
    scene: str | None = None


class _Annotation(BaseModel):
    id: int
    image_id: int
    category_id: int
    bbox: tuple[float, float, float, float]
    iscrowd: bool = False


class _Category(BaseModel):
    id: int
    name: str = Field(min_length=1)


class _Document(BaseModel):
    images: list[_Image]
    annotations: list[_Annotation]
    categories: list[_Category]


def read_coco(
    document: str | bytes, *, file: str, labels: Collection[str] | None, available: Collection[str]
) -> tuple[LabeledPicture, ...]:
    """Read a COCO JSON document.

    `labels` are those the project knows, None for any; `available` the names of the pictures at hand, of
    which a `file_name` is one, or what is left of one below the folder of `file`. Categories no box uses may
    be unknown (tools write them all). Raises `InvalidLabels` naming the file, the picture and the reason: not
    COCO, duplicates, unknown labels, a picture that is not there, a box outside its picture, or one around
    several objects (`iscrowd`).
    """
    try:
        parsed = _Document.model_validate_json(document)
    except ValidationError as error:
        raise invalid(file, first_fault(error)) from error
    _refuse_repeats(file, "image id", (image.id for image in parsed.images))
    _refuse_repeats(file, "annotation id", (annotation.id for annotation in parsed.annotations))
    _refuse_repeats(file, "category id", (category.id for category in parsed.categories))
    names = {image.id: _available(image.file_name, file, available) for image in parsed.images}
    _refuse_repeats(file, "file name", names.values())
    drawn = _boxes_by_image(parsed, file, labels)
    return tuple(
        LabeledPicture(
            name=names[image.id],
            width=image.width,
            height=image.height,
            boxes=tuple(drawn[image.id]),
            scene=image.scene or scene_of(image.file_name),
            is_scene_named=bool(image.scene),
        )
        for image in parsed.images
    )


def _available(picture: str, file: str, available: Collection[str]) -> str:
    """Return the name of the picture at hand. Tools name pictures from the folder that the document is in."""
    beside = file[: file.rfind("/") + 1] + picture
    for name in (picture, beside):
        if name in available:
            return name
    raise invalid(file, f"the picture {picture} is not there")


def write_coco(pictures: Iterable[LabeledPicture], labels: Sequence[str]) -> bytes:
    """Return a document of the pictures. A label's category is its place in `labels`."""
    categories = {label: number for number, label in enumerate(labels, start=1)}
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for image_id, picture in enumerate(pictures, start=1):
        image = {
            "id": image_id,
            "file_name": picture.name,
            "width": picture.width,
            "height": picture.height,
        }
        images.append(image | {"scene": picture.scene} if picture.is_scene_named else image)
        for drawn in picture.boxes:
            pixels = exact_pixels(drawn.box, picture.width, picture.height)
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": image_id,
                    "category_id": categories[drawn.label],
                    "bbox": pixels,
                    "area": pixels.width * pixels.height,
                    "iscrowd": 0,
                }
            )
    named = [{"id": number, "name": label} for label, number in categories.items()]
    document = {"images": images, "annotations": annotations, "categories": named}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _boxes_by_image(
    parsed: _Document, file: str, labels: Collection[str] | None
) -> dict[int, list[LabeledBox]]:
    images = {image.id: image for image in parsed.images}
    names = {category.id: category.name for category in parsed.categories}
    drawn: dict[int, list[LabeledBox]] = {image.id: [] for image in parsed.images}
    for annotation in parsed.annotations:
        image = images.get(annotation.image_id)
        if image is None:
            raise invalid(file, f"annotation {annotation.id} is of image {annotation.image_id}, not listed")
        label = names.get(annotation.category_id)
        if label is None:
            raise invalid(
                file, f"{image.file_name} has a box of category {annotation.category_id}, not listed"
            )
        if labels is not None and label not in labels:
            known = ", ".join(sorted(labels))
            raise invalid(file, f"{image.file_name} has a box labeled {label}, and the project knows {known}")
        if annotation.iscrowd:
            why = f"{image.file_name} has a box labeled {label} around several (iscrowd)"
            raise invalid(file, f"{why}: draw each a box of its own")
        pixels = PixelBox(*annotation.bbox)
        if wrong := fault(pixels, image.width, image.height, slack=SLACK):
            raise invalid(file, f"{image.file_name}: {wrong}")
        box = LabeledBox(label=label, box=from_pixels(pixels, image.width, image.height))
        if box in drawn[image.id]:
            raise invalid(file, f"{image.file_name} has the same box labeled {label} twice")
        drawn[image.id].append(box)
    return drawn


def _refuse_repeats(file: str, what: str, values: Iterable[int | str]) -> None:
    value, times = next(iter(Counter(values).most_common(1)), (None, 0))
    if times > 1:
        raise invalid(file, f"the {what} {value} occurs {times} times")
