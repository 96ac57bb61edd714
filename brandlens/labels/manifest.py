"""Custom Labels manifests with object locations: one JSON line for each picture.

The layout is that of a Ground Truth bounding box job's output, documented at
https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/md-create-manifest-file-object-detection.html.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from brandlens.labels.geometry import PixelBox, Side, fault, from_pixels, to_pixels
from brandlens.labels.manifest_lines import attributes_of, creation_date, line_fields, read_pictures
from brandlens.labels.pictures import LabeledBox, LabeledPicture, scene_of
from brandlens.labels.refusing import first_fault, invalid_line

OBJECT_DETECTION = "groundtruth/object-detection"
ATTRIBUTE = "bounding-box"


class _ImageSize(BaseModel):
    width: Side
    height: Side


class _Annotation(BaseModel):
    class_id: int
    left: float
    top: float
    width: float
    height: float


class _Boxes(BaseModel):
    image_size: list[_ImageSize] = Field(min_length=1, max_length=1)
    annotations: list[_Annotation]


class _Metadata(BaseModel):
    class_map: dict[str, str] = Field(alias="class-map", default_factory=dict)


def write_manifest(
    pictures: Iterable[LabeledPicture],
    labels: Sequence[str],
    *,
    source_ref: Callable[[str], str],
    job_name: str,
    created_at: datetime,
) -> str:
    """Write one line for each picture.

    `source_ref` gives the `s3://` URI of the picture called by a name. A label's place in `labels` is its
    class id on every line. Boxes are rounded to whole pixels.
    """
    class_ids = {label: number for number, label in enumerate(labels)}
    lines = (
        _line(picture, class_ids, source_ref(picture.name), job_name, created_at) for picture in pictures
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _line(
    picture: LabeledPicture, class_ids: dict[str, int], source_ref: str, job_name: str, created_at: datetime
) -> dict[str, Any]:
    annotations = [
        {"class_id": class_ids[drawn.label]} | to_pixels(drawn.box, picture.width, picture.height)._asdict()
        for drawn in picture.boxes
    ]
    return {
        "source-ref": source_ref,
        ATTRIBUTE: {
            "image_size": [{"width": picture.width, "height": picture.height, "depth": 3}],
            "annotations": annotations,
        },
        f"{ATTRIBUTE}-metadata": {
            "objects": [{"confidence": 1} for _ in annotations],
            "class-map": {str(class_ids[label]): label for label in sorted(picture.labels)},
            "type": OBJECT_DETECTION,
            "human-annotated": "yes",
            "creation-date": creation_date(created_at),
            "job-name": job_name,
        },
    }


def read_manifest(text: str, *, file: str) -> tuple[LabeledPicture, ...]:
    """Read every line; `InvalidLabels` names the file, the line and what is wrong with it.

    Pictures bear their `source-ref` as name and its folder as scene: manifests do not record scenes.
    """
    return read_pictures(text, lambda name, fields, number: [_picture(name, fields, file, number)], file=file)


def read_line(line: str, *, file: str, number: int) -> LabeledPicture:
    """Read one line; raises as `read_manifest` does."""
    name, fields = line_fields(line, file=file, number=number)
    return _picture(name, fields, file, number)


def _picture(name: str, fields: dict[str, Any], file: str, number: int) -> LabeledPicture:
    # A Ground Truth job names its attribute after itself; one that adjusts labels adds its own at the end.
    attribute = next(reversed(attributes_of(fields, [OBJECT_DETECTION])), None)
    if attribute is None:
        raise invalid_line(file, number, f"it has no attribute whose metadata says {OBJECT_DETECTION}")
    try:
        boxes = _Boxes.model_validate(fields[attribute])
        class_map = _Metadata.model_validate(fields[f"{attribute}-metadata"]).class_map
    except ValidationError as error:
        raise invalid_line(file, number, f"{attribute}: {first_fault(error)}") from error
    size = boxes.image_size[0]
    drawn = []
    for annotation in boxes.annotations:
        label = class_map.get(str(annotation.class_id))
        if not label:
            raise invalid_line(file, number, f"class {annotation.class_id} of {name} is not in the class-map")
        pixels = PixelBox(annotation.left, annotation.top, annotation.width, annotation.height)
        if wrong := fault(pixels, size.width, size.height, slack=0):
            raise invalid_line(file, number, f"{wrong} ({name})")
        drawn.append(LabeledBox(label=label, box=from_pixels(pixels, size.width, size.height)))
    return LabeledPicture(
        name=name, width=size.width, height=size.height, boxes=tuple(drawn), scene=scene_of(name)
    )
