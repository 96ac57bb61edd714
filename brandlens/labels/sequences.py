"""Outputs of Ground Truth's video frame object detection jobs: a manifest with one line for each video.

The line refers to a sequence file, which lists the video's frames, and to a `SeqLabel.json` with their boxes:
https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html#sms-output-video-object-detection,
https://docs.aws.amazon.com/sagemaker/latest/dg/sms-video-manual-data-setup.html.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from brandlens.labels.geometry import SLACK, PixelBox, fault, from_pixels, to_pixels
from brandlens.labels.manifest_lines import attributes_of, creation_date, read_pictures
from brandlens.labels.naming import found_as
from brandlens.labels.pictures import LabeledBox, LabeledPicture, labels_of, scene_of
from brandlens.labels.refusing import first_fault, invalid, invalid_line
from brandlens.labels.sizes import Size

VIDEO_DETECTION = "groundtruth/video-object-detection"
ATTRIBUTE = "frames-ref"
OUTPUT_MANIFEST = "output.manifest"


class _Frame(BaseModel):
    frame: str = Field(min_length=1)


class _Sequence(BaseModel):
    prefix: str = Field(min_length=1)
    frames: list[_Frame]


class _Annotation(BaseModel):
    class_id: str = Field(alias="class-id", coerce_numbers_to_str=True)
    left: float
    top: float
    width: float
    height: float


class _LabeledFrame(BaseModel):
    frame: str
    annotations: list[_Annotation]


class _SequenceLabels(BaseModel):
    frames: list[_LabeledFrame] = Field(alias="detection-annotations")


class _Metadata(BaseModel):
    class_map: dict[str, str] = Field(alias="class-map", default_factory=dict)


Document = TypeVar("Document", _Sequence, _SequenceLabels)


def read_sequences(
    text: str, *, file: str, files: Mapping[str, bytes], sizes: Mapping[str, Size]
) -> tuple[LabeledPicture, ...]:
    """Read every frame of every video; one that nobody drew a box in is a negative.

    `files` and `sizes` are as `brandlens.labels.reading.read_annotations` takes them. Raises `InvalidLabels`
    naming the file, the line or frame and the reason.
    """
    return read_pictures(
        text, lambda source, fields, number: _frames(source, fields, file, number, files, sizes), file=file
    )


def write_sequences(
    pictures: Iterable[LabeledPicture],
    labels: Sequence[str],
    *,
    ref: Callable[[str], str],
    job_name: str,
    created_at: datetime,
) -> dict[str, bytes]:
    """Return a job's output, a sequence for each folder of pictures, by the files' paths.

    `ref` gives the `s3://` URI of a picture, or of one of these files. A label's place in `labels` is its
    class id. Boxes are rounded to whole pixels.
    """
    class_ids = {label: str(number) for number, label in enumerate(labels)}
    folders: dict[str, list[LabeledPicture]] = defaultdict(list)
    for picture in pictures:
        folders[ref(picture.name).rpartition("/")[0]].append(picture)
    files: dict[str, bytes] = {}
    lines = []
    for number, (folder, frames) in enumerate(folders.items()):
        source, labeled = f"sequences/{number}.json", f"annotations/{number}/SeqLabel.json"
        names = [frame.name.rpartition("/")[2] for frame in frames]
        files[source] = _json(_sequence(number, folder, names))
        files[labeled] = _json({"detection-annotations": _annotations(frames, names, class_ids)})
        metadata = {
            "class-map": {class_ids[label]: label for label in labels_of(frames)},
            "type": VIDEO_DETECTION,
            "human-annotated": "yes",
            "creation-date": creation_date(created_at),
            "job-name": job_name,
        }
        lines.append({"source-ref": ref(source), ATTRIBUTE: ref(labeled), f"{ATTRIBUTE}-metadata": metadata})
    files[OUTPUT_MANIFEST] = b"\n".join(map(_json, lines)) + b"\n"
    return files


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _sequence(number: int, folder: str, names: Sequence[str]) -> dict[str, Any]:
    return {
        "seq-no": number,
        "prefix": f"{folder}/",
        "number-of-frames": len(names),
        "frames": [{"frame-no": place, "frame": name} for place, name in enumerate(names)],
    }


def _annotations(
    frames: Sequence[LabeledPicture], names: Sequence[str], class_ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "frame-no": str(place),
            "frame": name,
            "annotations": [
                to_pixels(drawn.box, frame.width, frame.height)._asdict()
                | {"class-id": class_ids[drawn.label]}
                for drawn in frame.boxes
            ],
        }
        for place, (name, frame) in enumerate(zip(names, frames, strict=True))
    ]


def _frames(
    source: str,
    fields: dict[str, Any],
    file: str,
    number: int,
    files: Mapping[str, bytes],
    sizes: Mapping[str, Size],
) -> Iterator[LabeledPicture]:
    attribute = next(reversed(attributes_of(fields, [VIDEO_DETECTION])), None)
    if attribute is None or not isinstance(fields[attribute], str):
        raise invalid_line(file, number, f"it has no attribute whose metadata says {VIDEO_DETECTION}")
    try:
        class_map = _Metadata.model_validate(fields[f"{attribute}-metadata"]).class_map
    except ValidationError as error:
        raise invalid_line(file, number, f"{attribute}: {first_fault(error)}") from error
    sequence = _document(_Sequence, source, files, file, number)
    labeled = _document(_SequenceLabels, fields[attribute], files, file, number)
    drawn = _by_frame(labeled.frames, fields[attribute])
    if strays := sorted(drawn.keys() - {frame.frame for frame in sequence.frames}):
        raise invalid(fields[attribute], f"its frame {strays[0]} is not in {source}")
    for frame in sequence.frames:
        name = f"{sequence.prefix.removesuffix('/')}/{frame.frame}"
        found = found_as(name, sizes)
        if found is None:
            raise invalid(source, f"the picture {name} is not there")
        size = sizes[found]
        boxes = [_box(one, class_map, size, fields[attribute], name) for one in drawn.get(frame.frame, ())]
        yield LabeledPicture(
            name=name,
            width=size.width,
            height=size.height,
            boxes=tuple(boxes),
            scene=scene_of(name),
            is_scene_named=True,
        )


def _document(
    model: type[Document], uri: str, files: Mapping[str, bytes], file: str, number: int
) -> Document:
    """Read the file that a line refers to by `uri`."""
    found = found_as(uri, files)
    if found is None:
        raise invalid_line(file, number, f"the file {uri} is not there")
    try:
        return model.model_validate_json(files[found])
    except ValidationError as error:
        raise invalid(uri, first_fault(error)) from error


def _by_frame(frames: Iterable[_LabeledFrame], file: str) -> dict[str, list[_Annotation]]:
    drawn: dict[str, list[_Annotation]] = {}
    for labeled in frames:
        if labeled.frame in drawn:
            raise invalid(file, f"the frame {labeled.frame} is labeled twice")
        drawn[labeled.frame] = labeled.annotations
    return drawn


def _box(drawn: _Annotation, class_map: Mapping[str, str], size: Size, file: str, picture: str) -> LabeledBox:
    label = class_map.get(drawn.class_id)
    if not label:
        raise invalid(file, f"class {drawn.class_id} of {picture} is not in the class-map")
    pixels = PixelBox(drawn.left, drawn.top, drawn.width, drawn.height)
    if wrong := fault(pixels, size.width, size.height, slack=SLACK):
        raise invalid(file, f"{picture}: {wrong}")
    return LabeledBox(label=label, box=from_pixels(pixels, size.width, size.height))
