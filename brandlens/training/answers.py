"""What people answered: the outputs of labeling jobs, read into labels of the dataset's pictures."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel

from brandlens.errors import InvalidLabels
from brandlens.labels.image_manifest import ClassifiedPicture, read_image_manifest
from brandlens.labels.manifest import read_manifest
from brandlens.labels.naming import found_as
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.second_class import is_second_class
from brandlens.labels.sequences import read_sequences
from brandlens.labels.sizes import Size
from brandlens.training.pictures import DatasetPicture
from brandlens.training.tasks import LabelingTask


class LabelingOutput(BaseModel):
    """A labeling job that has ended; `output_manifest` is an `s3://` URI."""

    task: LabelingTask
    output_manifest: str


class Answers(NamedTuple):
    """What people labeled: boxes, or whole pictures. Pictures bear the dataset's names and scenes."""

    boxed: tuple[LabeledPicture, ...]
    classified: tuple[ClassifiedPicture, ...]


def read_answers(
    outputs: Iterable[LabelingOutput], files: Mapping[str, bytes], pictures: Mapping[str, DatasetPicture]
) -> Answers:
    """Read every answer; `files` are those of the training, `pictures` the dataset's by name.

    Objects that nobody answered for, or that Ground Truth could not show, are passed over. Raises
    `InvalidLabels` naming the file, the line and what is wrong with it.
    """
    sizes = {name: Size(picture.width, picture.height) for name, picture in pictures.items()}
    boxed: list[LabeledPicture] = []
    classified: list[ClassifiedPicture] = []
    for output in outputs:
        file = found_as(output.output_manifest, files)
        if file is None:
            raise InvalidLabels(
                "The labels that people gave could not be read", f"{output.output_manifest} is not there"
            )
        text = "".join(f"{line}\n" for line in _answered(files[file].decode()))
        if not text:
            continue
        match output.task.kind:
            case "video":
                boxed += read_sequences(text, file=file, files=files, sizes=sizes)
            case "image":
                boxed += read_manifest(text, file=file)
            case "concept":
                classified += read_image_manifest(text, file=file)
    return Answers(
        boxed=tuple(one.model_copy(update=_ours(one.name, pictures)) for one in boxed),
        classified=tuple(
            one.model_copy(
                update={**_ours(one.name, pictures), "labels": tuple(filter(_is_label, one.labels))}
            )
            for one in classified
        ),
    )


def _answered(text: str) -> Iterator[str]:
    """Yield the lines that have an answer: metadata of the others give a reason instead."""
    for line in text.splitlines():
        fields = json.loads(line) if line.strip() else {}
        metadata = [value for name, value in fields.items() if name.endswith("-metadata")]
        if metadata and not any("failure-reason" in value for value in metadata):
            yield line


def _ours(name: str, pictures: Mapping[str, DatasetPicture]) -> dict[str, str]:
    found = found_as(name, pictures)
    if found is None:
        raise InvalidLabels(
            "The labels that people gave could not be read", f"{name} is no picture of the dataset"
        )
    return {"name": found, "scene": pictures[found].scene}


def _is_label(label: str) -> bool:
    return not is_second_class(label)
