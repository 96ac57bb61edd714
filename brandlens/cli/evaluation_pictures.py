"""The pictures of an evaluation: files below folders joined to what people labeled.

Boxes are in any format that `brandlens.labels.reading` reads; labels of whole pictures are in a manifest.
"""

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from brandlens.cli.asking import Asked
from brandlens.cli.console import Reporter
from brandlens.cli.label_files import FolderFiles, FolderSizes, located
from brandlens.detect.command.picture_files import manifest_text
from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.files import read_file
from brandlens.detect.pictures import decode
from brandlens.detect.pyramid import LONGEST_DECODED
from brandlens.errors import InvalidInput, InvalidLabels
from brandlens.labels.image_manifest import ClassifiedPicture, read_image_manifest
from brandlens.labels.naming import found_as
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.reading import are_classifications, read_boxes
from brandlens.labels.sizes import Size

Listed = TypeVar("Listed", LabeledPicture, ClassifiedPicture)


def require_same_kind(asked: Asked, annotations: Path) -> None:
    """Refuse boxes for a model that tells concepts, and labels of whole pictures for one that finds objects.

    Raises `InvalidInput`, also where the annotations cannot be read.
    """
    name = annotations.name
    has_boxes = annotations.is_dir() or not are_classifications(name, {name: read_file(annotations)})
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
    """Read the folders' pictures with their boxes; annotations name them relative to their folder.

    Raises `InvalidLabels` as `read_boxes` does, for a label that is not among `labels`, or a picture that is
    not there or there twice; `InvalidInput` for a name that two folders have.
    """
    root = next((folder for folder in folders if annotations.is_relative_to(folder)), folders[0])
    name, files = located(annotations, root)
    sizes: Mapping[str, Size] = ChainMap(*map(FolderSizes, folders))  # type: ignore[arg-type]  # only read
    pictures = read_boxes(name, files, labels=None, sizes=sizes)
    return tuple(
        LabeledImage.of(picture, file) for picture, file in _found(pictures, folders, annotations, labels)
    )


def classified_images(folders: Sequence[Path], annotations: Path, asked: Asked) -> tuple[ConceptImage, ...]:
    """Read the folders' pictures with the labels of each as a whole.

    Raises as `boxed_images` does, and `InvalidLabels` for a picture with other than one label where the model
    gives one to each.
    """
    pictures = read_image_manifest(manifest_text(annotations), file=str(annotations))
    for picture in pictures:
        if asked.kind == "multi-class" and len(picture.labels) != 1:
            raise _unreadable(
                annotations,
                f"{picture.name} has {len(picture.labels)} labels, and the model gives each picture one",
            )
    found = _found(pictures, folders, annotations, asked.labels)
    return tuple(ConceptImage(file, picture.labels, picture.scene) for picture, file in found)


def unlisted(
    images: Sequence[LabeledImage] | Sequence[ConceptImage], folders: Sequence[Path]
) -> dict[str, int]:
    """Count the pictures below each folder that are not among `images`; folders without any are left out."""
    listed = {image.image for image in images}
    counts = {
        str(folder): sum(folder / name not in listed for name in FolderSizes(folder)) for folder in folders
    }
    return {folder: count for folder, count in counts.items() if count}


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


def _found(
    pictures: Iterable[Listed], folders: Sequence[Path], annotations: Path, labels: Collection[str]
) -> list[tuple[Listed, Path]]:
    """Join pictures to their files: those whose path below a folder a picture's name ends in."""
    there: dict[str, list[Path]] = defaultdict(list)
    for folder in folders:
        for path in FolderFiles(folder):
            there[path].append(folder / path)
    found: dict[Path, Listed] = {}
    for picture in pictures:
        name = found_as(picture.name, there)
        if name is None:
            raise _unreadable(annotations, f"the picture {picture.name} is not there")
        file, *others = there[name]
        if others:
            raise InvalidInput(
                f"{picture.name} cannot be told apart",
                "two of the folders have it",
                "Evaluate them one by one",
            )
        if file in found:
            raise _unreadable(annotations, f"{picture.name} and {found[file].name} are both found as {file}")
        if unknown := sorted(set(picture.labels) - set(labels)):
            known = ", ".join(sorted(labels))
            raise _unreadable(
                annotations, f"{picture.name} is labeled {unknown[0]}, and the model knows {known}"
            )
        found[file] = picture
    return [(picture, file) for file, picture in found.items()]


def _unreadable(annotations: Path, why: str) -> InvalidLabels:
    return InvalidLabels(f"{annotations} could not be read", why, "Correct the annotations and try again")
