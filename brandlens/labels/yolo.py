"""YOLO folders (https://docs.ultralytics.com/datasets/detect/).

Each picture's boxes lie in a text file of its name, in `labels/` where the picture is in `images/`, beside it
elsewhere: a line for each, `class x y width height`, the centre and the size in fractions of the picture. A
picture without such a file is a negative. `data.yaml`, or `classes.txt` where tools write that, names the
classes. The division of `data.yaml` into training and validation is not read: brandlens divides by scene.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from brandlens.labels.decoding import decoded
from brandlens.labels.fetching import contents
from brandlens.labels.geometry import SLACK, PixelBox, fault, from_pixels
from brandlens.labels.pictures import LabeledBox, LabeledPicture, scene_of
from brandlens.labels.refusing import first_fault, invalid, invalid_line
from brandlens.labels.sizes import Size

DATA_FILE = "data.yaml"
CLASS_FILES = ("classes.txt", "obj.names")
_NUMBERS = 5
_Name = Annotated[str, Field(min_length=1)]


def _numbered(names: Any) -> Any:
    return dict(enumerate(names)) if isinstance(names, list) else names


class _Data(BaseModel):
    names: Annotated[dict[int, _Name], BeforeValidator(_numbered)] = Field(min_length=1)


def read_yolo(name: str, files: Mapping[str, bytes], sizes: Mapping[str, Size]) -> tuple[LabeledPicture, ...]:
    """Read the boxes of every picture below the folder of `name`, which names the classes.

    `files` and `sizes` are as `brandlens.labels.reading.read_annotations` takes them. Raises `InvalidLabels`
    naming the file, its line and the reason: classes that are not named, a line that is no box, a box outside
    its picture, labels whose picture is not there or that two pictures share.
    """
    classes = _classes(name, decoded(name, files[name]))
    folder = name[: name.rfind("/") + 1]
    pictures = [picture for picture in sizes if picture.startswith(folder)]
    labeled = _label_files(pictures, files)
    bodies = zip(labeled.items(), contents(files, labeled), strict=True)
    boxes = {
        picture: _boxes(file, decoded(file, body), classes, sizes[picture])
        for (file, picture), body in bodies
    }
    others = sorted(
        file for file in files if file not in labeled and file.startswith(folder) and file.endswith(".txt")
    )
    for file, body in zip(others, contents(files, others), strict=True):
        if _begins_with_a_box(body):
            raise invalid(file, "its picture is not there")
    return tuple(_picture(picture, sizes[picture], boxes.get(picture, ())) for picture in pictures)


def labels_of_picture(picture: str) -> str:
    """Return the file that a picture's boxes lie in."""
    stem = picture.rpartition(".")[0]
    before, images, after = f"/{stem}".rpartition("/images/")
    return f"{before}/labels/{after}.txt".removeprefix("/") if images else f"{stem}.txt"


def write_yolo(pictures: Iterable[LabeledPicture], labels: Sequence[str]) -> dict[str, bytes]:
    """Return the files of a YOLO folder, to be laid over that of the pictures, by their paths there.

    A label's place in `labels` is its class. Nothing is set apart for validation. Raises `InvalidLabels`
    where two pictures' names differ in their extension only.
    """
    numbers = {label: number for number, label in enumerate(labels)}
    data = {"path": ".", "train": ".", "val": ".", "names": dict(enumerate(labels))}
    files = {DATA_FILE: yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()}
    for picture in pictures:
        label_file = labels_of_picture(picture.name)
        if label_file in files:
            raise invalid(picture.name, f"its boxes and another picture's would both be in {label_file}")
        lines = (_line(numbers[drawn.label], drawn) for drawn in picture.boxes)
        files[label_file] = "".join(lines).encode()
    return files


def _classes(name: str, text: str) -> dict[int, str]:
    if not name.endswith((".yaml", ".yml")):
        return dict(enumerate(line.strip() for line in text.strip().splitlines()))
    try:
        # To this loader everything is text: the brands 7 and No are no number and no truth value.
        return _Data.model_validate(yaml.load(text, Loader=yaml.BaseLoader)).names  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        raise invalid(name, f"it is not YAML ({' '.join(str(error).split())})") from error
    except ValidationError as error:
        raise invalid(name, first_fault(error)) from error


def _label_files(pictures: Iterable[str], files: Collection[str]) -> dict[str, str]:
    """Return the pictures that have a file of boxes, by that file."""
    labeled: dict[str, str] = {}
    for picture in pictures:
        file = labels_of_picture(picture)
        if file not in files:
            continue
        if other := labeled.get(file):
            raise invalid(file, f"it is of {other} and of {picture}: no way to tell them apart")
        labeled[file] = picture
    return labeled


def _boxes(file: str, text: str, classes: Mapping[int, str], size: Size) -> list[LabeledBox]:
    boxes = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        values = line.split()
        if len(values) != _NUMBERS:
            raise invalid_line(file, number, f"it has {len(values)} values, and a box has {_NUMBERS}")
        class_id, (x, y, width, height) = _numbers(values, file, number)
        if class_id not in classes:
            raise invalid_line(file, number, f"class {class_id} has no name")
        pixels = PixelBox(
            (x - width / 2) * size.width,
            (y - height / 2) * size.height,
            width * size.width,
            height * size.height,
        )
        if wrong := fault(pixels, size.width, size.height, slack=SLACK):
            raise invalid_line(file, number, wrong)
        boxes.append(LabeledBox(label=classes[class_id], box=from_pixels(pixels, size.width, size.height)))
    return boxes


def _numbers(values: Sequence[str], file: str, line: int) -> tuple[int, list[float]]:
    value, kind = values[0], "whole number"
    try:
        class_id, kind, sides = int(value), "number", []
        for value in values[1:]:
            sides.append(float(value))
    except ValueError as error:
        why = f"it is not a class and four numbers: {value!r} is no {kind}"
        raise invalid_line(file, line, why) from error
    return class_id, sides


def _picture(name: str, size: Size, boxes: Sequence[LabeledBox]) -> LabeledPicture:
    return LabeledPicture(
        name=name, width=size.width, height=size.height, boxes=tuple(boxes), scene=scene_of(name)
    )


def _begins_with_a_box(body: bytes) -> bool:
    first = body.lstrip().partition(b"\n")[0].split()
    try:
        return len([float(value) for value in first]) == _NUMBERS
    except ValueError:
        return False


def _line(class_id: int, drawn: LabeledBox) -> str:
    box = drawn.box
    numbers = (box.left + box.width / 2, box.top + box.height / 2, box.width, box.height)
    return " ".join([str(class_id), *map(repr, numbers)]) + "\n"
