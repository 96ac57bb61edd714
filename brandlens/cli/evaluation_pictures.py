"""The pictures of an evaluation: files below folders joined to what people labeled.

Annotations are COCO JSON, or a Custom Labels manifest: of boxes, or of labels of whole pictures.
"""

import json
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

from brandlens.cli.asking import Asked
from brandlens.cli.console import Reporter
from brandlens.detect.command.picture_files import PictureFolder, manifest_text
from brandlens.detect.command.pictures import kind_of
from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.files import read_file
from brandlens.detect.pictures import decode
from brandlens.detect.pyramid import LONGEST_DECODED
from brandlens.errors import InvalidInput, InvalidLabels
from brandlens.labels.coco import read_coco
from brandlens.labels.image_manifest import read_image_manifest
from brandlens.labels.manifest import read_manifest
from brandlens.labels.pictures import LabeledPicture


def require_same_kind(asked: Asked, annotations: Path) -> None:
    """Refuse boxes for a model that tells concepts, and labels of whole pictures for one that finds objects.

    Raises `InvalidInput`, and `InvalidLabels` for annotations that are of neither kind.
    """
    has_boxes = not _is_manifest(annotations) or kind_of(annotations) == "object"
    if has_boxes and asked.kind != "object":
        raise InvalidInput(
            f"{asked.name} cannot be evaluated",
            f"the model tells what whole pictures show, and {annotations} has boxes",
            "Name a manifest with labels of whole pictures",
        )
    if not has_boxes and asked.kind == "object":
        raise InvalidInput(
            f"{asked.name} cannot be evaluated",
            f"the model finds boxes, and {annotations} has labels of whole pictures",
            "Name annotations with boxes",
        )


def boxed_images(
    folders: Sequence[Path], annotations: Path, labels: Collection[str]
) -> tuple[LabeledImage, ...]:
    """Read the folders' pictures with their boxes: COCO names them relative to their folder.

    Raises `InvalidLabels` as `read_coco` and `read_manifest` do, for a label that is not among `labels`, or a
    picture that is not there; `InvalidInput` for a name that two folders have.
    """
    if _is_manifest(annotations):
        pictures = read_manifest(manifest_text(annotations), file=str(annotations))
        for picture in pictures:
            _require_known(picture.labels, labels, picture.name, annotations)
        return _joined(pictures, _files_of_manifest(folders, [p.name for p in pictures], annotations))
    files = _files_by_name(folders)
    return _joined(
        read_coco(read_file(annotations), file=str(annotations), labels=labels, available=files.keys()),
        files,
    )


def classified_images(folders: Sequence[Path], annotations: Path, asked: Asked) -> tuple[ConceptImage, ...]:
    """Read the folders' pictures with the labels of each as a whole.

    Raises as `boxed_images` does, and `InvalidLabels` for a picture with other than one label where the model
    gives one to each.
    """
    pictures = read_image_manifest(manifest_text(annotations), file=str(annotations))
    for picture in pictures:
        _require_known(picture.labels, asked.labels, picture.name, annotations)
        if asked.kind == "multi-class" and len(picture.labels) != 1:
            raise _unreadable(
                annotations,
                f"{picture.name} has {len(picture.labels)} labels, and the model gives each picture one",
            )
    files = _files_of_manifest(folders, [picture.name for picture in pictures], annotations)
    return tuple(ConceptImage(files[one.name], one.labels, one.scene) for one in pictures)


def group_of(image: LabeledImage, folders: Sequence[Path]) -> str:
    """Return the folder a picture lies in: the first below the folder given, or that one itself."""
    file = Path(image.name)
    folder = next(folder for folder in folders if file.is_relative_to(folder))
    first, *deeper = file.relative_to(folder).parts
    return first if deeper else folder.resolve().name


def check_pictures(
    images: Sequence[LabeledImage] | Sequence[ConceptImage], asked: Asked, report: Reporter
) -> None:
    """Decode every picture once: what cannot be looked at must not cost the time of those before it.

    Raises `CorruptMedia` or `MediaTooLarge`, and `InvalidLabels` where boxes were drawn on a picture of other
    proportions.
    """
    for done, image in enumerate(images, start=1):
        shown = image.shown_to(partial(decode, longest_side=LONGEST_DECODED))
        image.shown_to(asked.prepared)
        if isinstance(image, LabeledImage):
            _require_proportions(image, shown.width, shown.height)
        report("Reading pictures", done, len(images))


def _require_proportions(image: LabeledImage, width: int, height: int) -> None:
    # Scaling rounds each side, once in decoding and once after.
    if abs(width * image.height - height * image.width) > 2 * max(image.width, image.height):
        raise InvalidLabels(
            f"{image.name} cannot be evaluated",
            f"its labels are for {image.width} x {image.height} pixels, and it has other proportions",
            "Label it again as it is shown",
        )


def _is_manifest(annotations: Path) -> bool:
    """Whether the first line is an object of its own that names a picture, as a manifest's lines are."""
    first = read_file(annotations).lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    if not first:
        raise _unreadable(annotations, "it is empty")
    try:
        line = json.loads(first)
    except ValueError:
        return False
    return isinstance(line, dict) and "source-ref" in line


def _joined(pictures: Sequence[LabeledPicture], files: dict[str, Path]) -> tuple[LabeledImage, ...]:
    return tuple(LabeledImage.of(picture, files[picture.name]) for picture in pictures)


def _files_by_name(folders: Sequence[Path]) -> dict[str, Path]:
    """Return every file below the folders by its path there."""
    files: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and files.setdefault(name, file) is not file:
                raise _ambiguous(name)
    return files


def _files_of_manifest(folders: Sequence[Path], names: Sequence[str], annotations: Path) -> dict[str, Path]:
    """Return the file of each `s3://` URI: the one whose path ends as the URI does."""
    files: dict[str, Path] = {}
    for folder in folders:
        for name, file in PictureFolder(folder).find_all(names).items():
            if files.setdefault(name, file) is not file:
                raise _ambiguous(name)
    if missing := [name for name in names if name not in files]:
        raise _unreadable(annotations, f"the picture {missing[0]} is not there")
    return files


def _require_known(used: Collection[str], known: Collection[str], name: str, annotations: Path) -> None:
    if unknown := sorted(set(used) - set(known)):
        raise _unreadable(
            annotations, f"{name} is labeled {unknown[0]}, and the model knows {', '.join(sorted(known))}"
        )


def _unreadable(annotations: Path, why: str) -> InvalidLabels:
    return InvalidLabels(f"{annotations} could not be read", why, "Correct the annotations and try again")


def _ambiguous(name: str) -> InvalidInput:
    return InvalidInput(
        f"{name} cannot be told apart", "two of the folders have it", "Evaluate them one by one"
    )
