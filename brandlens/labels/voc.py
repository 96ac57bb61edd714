"""Pascal VOC annotations (http://host.robots.ox.ac.uk/pascal/VOC/): an XML file for each picture.

Pixels are counted from 1 and `xmax` and `ymax` are the last ones inside, as VOC's own development kit has it.
Tools that count from 0 are understood, a pixel wide of the mark.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pydantic import BaseModel, StringConstraints, ValidationError

from brandlens.labels.fetching import contents
from brandlens.labels.geometry import SLACK, PixelBox, Side, exact_pixels, fault, from_pixels
from brandlens.labels.naming import Endings
from brandlens.labels.pictures import LabeledBox, LabeledPicture, scene_of
from brandlens.labels.refusing import first_fault, invalid

SUFFIX = ".xml"
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]|(^|/)\s|\s$")
"""What XML cannot hold, and blanks around a file's name, which it does not keep."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Size(BaseModel):
    width: Side
    height: Side


class _Corners(BaseModel):
    xmin: float
    ymin: float
    xmax: float
    ymax: float


class _Object(BaseModel):
    name: Text
    bndbox: _Corners


class _Annotation(BaseModel):
    filename: Text
    size: _Size
    object: list[_Object]


def read_voc(name: str, files: Mapping[str, bytes], pictures: Iterable[str]) -> tuple[LabeledPicture, ...]:
    """Read the file `name`, or every XML file below the folder `name`.

    A picture lies beside its XML file, or as that does in another folder (`JPEGImages/` for `Annotations/`).
    `files` and `pictures` are as `brandlens.labels.reading.read_annotations` takes them.
    Raises `InvalidLabels` naming the file and the reason: not VOC, a box outside its picture, a picture that
    is not there or that cannot be told from another.
    """
    endings = Endings(pictures)
    if name in files:
        return (_picture(name, files[name], endings),)
    folder = f"{name}/" if name else ""
    found = sorted(file for file in files if file.startswith(folder) and file.lower().endswith(SUFFIX))
    return tuple(
        _picture(file, body, endings) for file, body in zip(found, contents(files, found), strict=True)
    )


def write_voc(pictures: Iterable[LabeledPicture]) -> dict[str, bytes]:
    """Return an XML file for each picture, to be laid over their folder, by their paths there.

    Raises `InvalidLabels` where two pictures' names differ in their extension only, or XML cannot hold one.
    """
    files: dict[str, bytes] = {}
    for picture in pictures:
        if _UNWRITABLE.search(picture.name):
            raise invalid(repr(picture.name), "Pascal VOC cannot hold that name")
        file = picture.name.rpartition(".")[0] + SUFFIX
        if file in files:
            raise invalid(picture.name, f"its boxes and another picture's would both be in {file}")
        root = _element(picture)
        indent(root)
        files[file] = tostring(root, encoding="utf-8")
    return files


def _picture(file: str, body: bytes, endings: Endings) -> LabeledPicture:
    annotation = _parsed(file, body)
    found = endings.nearest(f"{file.rpartition('/')[0]}/{annotation.filename}".removeprefix("/"))
    if not found:
        raise invalid(file, f"the picture {annotation.filename} is not there")
    if len(found) > 1:
        raise invalid(file, f"its picture could be {found[0]} or {found[1]}")
    width, height = annotation.size.width, annotation.size.height
    boxes = []
    for drawn in annotation.object:
        corners = drawn.bndbox
        pixels = PixelBox(
            corners.xmin - 1,
            corners.ymin - 1,
            corners.xmax - corners.xmin + 1,
            corners.ymax - corners.ymin + 1,
        )
        if wrong := fault(pixels, width, height, slack=SLACK):
            raise invalid(file, f"{drawn.name}: {wrong}")
        boxes.append(LabeledBox(label=drawn.name, box=from_pixels(pixels, width, height)))
    return LabeledPicture(
        name=found[0], width=width, height=height, boxes=tuple(boxes), scene=scene_of(found[0])
    )


def _parsed(file: str, body: bytes) -> _Annotation:
    try:
        root = fromstring(body)
        fields = _texts(root) | {"object": [_texts(drawn) for drawn in root.findall("object")]}
    except DefusedXmlException as error:
        raise invalid(file, "it is not XML that is read (it has entities)") from error
    except RecursionError as error:
        raise invalid(file, "its elements lie too deep") from error
    except (ParseError, ValueError, LookupError) as error:
        raise invalid(file, f"it is not XML ({error})") from error
    if root.tag != "annotation":
        raise invalid(file, f"its root is {root.tag}, and Pascal VOC's is annotation")
    try:
        return _Annotation.model_validate(fields)
    except ValidationError as error:
        raise invalid(file, first_fault(error)) from error


def _texts(element: Element) -> dict[str, Any]:
    """Return the children's texts by name, and those of their children in dictionaries."""
    return {child.tag: _texts(child) if len(child) else child.text or "" for child in element}


def _element(picture: LabeledPicture) -> Element:
    folder, _, filename = picture.name.rpartition("/")
    root = Element("annotation")
    _add(root, folder=folder.rpartition("/")[2], filename=filename)
    _add(SubElement(root, "size"), width=picture.width, height=picture.height, depth=3)
    for drawn in picture.boxes:
        pixels = exact_pixels(drawn.box, picture.width, picture.height)
        one = SubElement(root, "object")
        _add(one, name=drawn.label, pose="Unspecified", truncated=0, difficult=0)
        _add(
            SubElement(one, "bndbox"),
            xmin=pixels.left + 1,
            ymin=pixels.top + 1,
            xmax=pixels.left + pixels.width,
            ymax=pixels.top + pixels.height,
        )
    return root


def _add(element: Element, **texts: float | str) -> None:
    for tag, text in texts.items():
        SubElement(element, tag).text = str(text)
