"""Custom Labels manifests with image-level labels: one JSON line for each picture.

Custom Labels' own layout has one attribute for each label of a picture:
https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/md-create-manifest-file-classification.html.
The output of a Ground Truth multi-label job, which has one attribute for all, is read as well:
https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from brandlens.jobs import Value
from brandlens.labels.manifest_lines import attributes_of, creation_date, line_fields, read_pictures
from brandlens.labels.pictures import scene_of
from brandlens.labels.refusing import first_fault, invalid_line
from brandlens.labels.second_class import SECOND_CLASS

CLASSIFICATION = "groundtruth/image-classification"
MULTILABEL = "groundtruth/image-classification-multilabel"


class ClassifiedPicture(Value):
    """One picture and the labels that hold for the whole of it, sorted.

    `name` and `scene` are those of `brandlens.labels.pictures.LabeledPicture`.
    """

    name: str = Field(min_length=1)
    labels: tuple[str, ...]
    scene: str = Field(min_length=1)


class _Classification(BaseModel):
    class_name: str = Field(alias="class-name", min_length=1)


class _Multilabel(BaseModel):
    class_map: dict[str, str] = Field(alias="class-map", default_factory=dict)


class _ClassIds(BaseModel):
    ids: list[int]


def read_image_manifest(
    text: str, *, file: str, may_lack_labels: bool = False
) -> tuple[ClassifiedPicture, ...]:
    """Read every line; `InvalidLabels` names the file, the line and what is wrong with it.

    A line without any label attribute is a picture without labels if it `may_lack_labels`, else it is wrong,
    as it is to Custom Labels.
    """

    def read(name: str, fields: dict[str, Any], number: int) -> list[ClassifiedPicture]:
        if may_lack_labels and not any(field.endswith("-metadata") for field in fields):
            return [ClassifiedPicture(name=name, labels=(), scene=scene_of(name))]
        return [_picture(name, fields, file, number)]

    return read_pictures(text, read, file=file)


def write_image_manifest(
    pictures: Iterable[ClassifiedPicture],
    labels: Sequence[str],
    *,
    source_ref: Callable[[str], str],
    job_name: str,
    created_at: datetime,
) -> str:
    """Write one line for each picture, as Custom Labels has it; parameters are those of `write_manifest`.

    A picture without labels is of the second class: that layout has no other way to say so.
    """
    class_ids = {label: number for number, label in enumerate(dict.fromkeys((*labels, SECOND_CLASS)))}
    lines = []
    for picture in pictures:
        line: dict[str, Any] = {"source-ref": source_ref(picture.name)}
        for label in picture.labels or (SECOND_CLASS,):
            attribute = f"label-{class_ids[label]}"
            line[attribute] = 1
            line[f"{attribute}-metadata"] = {
                "class-name": label,
                "confidence": 1,
                "type": CLASSIFICATION,
                "human-annotated": "yes",
                "creation-date": creation_date(created_at),
                "job-name": job_name,
            }
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return "".join(lines)


def read_image_line(line: str, *, file: str, number: int) -> ClassifiedPicture:
    """Read one line; raises as `read_image_manifest` does."""
    name, fields = line_fields(line, file=file, number=number)
    return _picture(name, fields, file, number)


def _picture(name: str, fields: dict[str, Any], file: str, number: int) -> ClassifiedPicture:
    attributes = attributes_of(fields, [CLASSIFICATION, MULTILABEL])
    if not attributes:
        raise invalid_line(
            file, number, f"it has no attribute whose metadata says {CLASSIFICATION} or {MULTILABEL}"
        )
    labels = {label for attribute in attributes for label in _labels(attribute, fields, file, number)}
    return ClassifiedPicture(name=name, labels=tuple(sorted(labels)), scene=scene_of(name))


def _labels(attribute: str, fields: dict[str, Any], file: str, number: int) -> list[str]:
    metadata = fields[f"{attribute}-metadata"]
    try:
        if metadata["type"] == CLASSIFICATION:
            # The attribute's own value is a number of the job's, of which Custom Labels makes nothing.
            return [_Classification.model_validate(metadata).class_name]
        names = _Multilabel.model_validate(metadata).class_map
        ids = _ClassIds(ids=fields[attribute]).ids
    except ValidationError as error:
        raise invalid_line(file, number, f"{attribute}: {first_fault(error)}") from error
    for class_id in ids:
        if not names.get(str(class_id)):
            raise invalid_line(file, number, f"class {class_id} of {attribute} is not in the class-map")
    return [names[str(class_id)] for class_id in ids]
