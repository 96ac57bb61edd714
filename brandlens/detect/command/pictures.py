"""From a manifest and a folder of pictures to what a training takes.

A picture that fails to decode in the fourth minute of a training would cost all four, so every one is decoded
once before.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar

from brandlens.detect.command.picture_files import PictureFolder, manifest_text, usable
from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.files import read_file
from brandlens.detect.pictures import decode
from brandlens.detect.pyramid import LONGEST_DECODED
from brandlens.errors import CorruptMedia, InvalidLabels, MediaTooLarge
from brandlens.exposure.wording import plural
from brandlens.labels.files import checked_format
from brandlens.labels.image_manifest import ClassifiedPicture, read_image_manifest
from brandlens.labels.manifest import OBJECT_DETECTION, read_manifest
from brandlens.labels.manifest_lines import attributes_of, line_fields
from brandlens.labels.pictures import LabeledPicture, labels_of, scene_of
from brandlens.labels.sizes import read_header

Kind = Literal["object", "multi-class", "multi-label"]
"""`object`: boxes. `multi-class`: whole pictures of one label each. `multi-label`: of any number."""


@dataclass(frozen=True, slots=True)
class UnlabeledPicture:
    """A picture that a manifest lists by its `source-ref` alone."""

    name: str


Listed = TypeVar("Listed", LabeledPicture | UnlabeledPicture, ClassifiedPicture)
Taught = TypeVar("Taught", LabeledImage, ConceptImage)


@dataclass(frozen=True, slots=True)
class TrainingPictures(Generic[Taught]):
    """What to learn from. `warnings` say which pictures were left out; they belong in the report."""

    images: list[Taught]
    labels: tuple[str, ...]
    warnings: tuple[str, ...]


def kind_of(manifest: Path) -> Kind:
    """Tell what a manifest's labels are good for: the first label's type and the number of labels decide.

    Raises `InvalidInput` or `InvalidLabels` as reading it does.
    """
    text, file = manifest_text(manifest), str(manifest)
    labeled, _ = _parted(text, file=file)
    number, first = next(
        ((n, line) for n, line in enumerate(labeled.split("\n"), 1) if line.strip()), (1, "")
    )
    if first and attributes_of(line_fields(first, file=file, number=number)[1], [OBJECT_DETECTION]):
        return "object"
    listed = read_image_manifest(text, file=file)
    return "multi-class" if all(len(picture.labels) == 1 for picture in listed) else "multi-label"


def object_images(manifest: Path, *, pictures: Path) -> TrainingPictures[LabeledImage]:
    """Read a manifest with object locations whose pictures lie in the folder `pictures`.

    A picture that is missing, damaged, or of another size than its line says is left out with a warning. One
    without any label is taken to show no brand: what looks like a logo in it is learned from as a mistake.

    Raises
    ------
    InvalidInput
        The manifest or the folder cannot be read.
    InvalidLabels
        A line cannot be used, there are no boxes, too many pictures cannot be used, or all of a label's.
    """
    text, unlabeled = _parted(manifest_text(manifest), file=str(manifest))
    listed = read_manifest(text, file=str(manifest))
    labels = labels_of(listed)
    if not labels:
        raise InvalidLabels(
            f"{manifest} cannot be learned from",
            f"there is no box on {plural(len(listed), 'labeled picture')}",
            "Draw boxes around what shall be found",
        )

    def joined(picture: LabeledPicture | UnlabeledPicture, file: Path, body: bytes) -> LabeledImage:
        if isinstance(picture, UnlabeledPicture):
            size = read_header(io.BytesIO(body), name=picture.name).size
            return LabeledImage(file, size.width, size.height, (), scene_of(picture.name))
        checked_format(picture, body)
        return LabeledImage.of(picture, file)

    everything: list[LabeledPicture | UnlabeledPicture] = [*listed, *unlabeled]
    if twice := next(
        (name for name, count in Counter(one.name for one in everything).items() if count > 1), None
    ):
        raise InvalidLabels(
            f"{manifest} cannot be learned from",
            f"the picture {twice} has two lines",
            "Leave one of them out",
        )
    images, warnings = _joined(everything, joined, manifest=manifest, folder=pictures)
    if unlabeled:
        warnings += (
            f"Pictures without labels: {len(unlabeled)}. They are taken to show none of the brands.",
        )
    shown = (label for image in images for label, _ in image.boxes)
    _require_all(labels, shown, manifest, warnings)
    return TrainingPictures(images, labels, warnings)


def concept_images(manifest: Path, *, pictures: Path) -> TrainingPictures[ConceptImage]:
    """Read a manifest with image-level labels whose pictures lie in the folder `pictures`.

    A picture that is missing or damaged is left out with a warning. Raises as `object_images` does.
    """
    listed = read_image_manifest(manifest_text(manifest), file=str(manifest))
    labels = tuple(sorted({label for picture in listed for label in picture.labels}))

    def joined(picture: ClassifiedPicture, file: Path, body: bytes) -> ConceptImage:
        read_header(io.BytesIO(body), name=picture.name)  # which refuses all but JPEG and PNG
        return ConceptImage(file, picture.labels, picture.scene)

    images, warnings = _joined(listed, joined, manifest=manifest, folder=pictures)
    _require_all(labels, (label for image in images for label in image.labels), manifest, warnings)
    return TrainingPictures(images, labels, warnings)


def _parted(text: str, *, file: str) -> tuple[str, list[UnlabeledPicture]]:
    """Return the manifest with its unlabeled pictures' lines empty, so that others keep their number."""
    lines, unlabeled = text.split("\n"), []
    for place, line in enumerate(lines):
        if line.strip():
            name, fields = line_fields(line, file=file, number=place + 1)
            if fields.keys() == {"source-ref"}:
                unlabeled.append(UnlabeledPicture(name))
                lines[place] = ""
    return "\n".join(lines), unlabeled


def require_pixels(name: str, body: bytes) -> None:
    """Decode a picture as training will; `InvalidLabels` says of the picture called `name` why it fails."""
    try:
        decode(body, longest_side=LONGEST_DECODED)
    except (CorruptMedia, MediaTooLarge) as error:
        raise InvalidLabels(f"{name} cannot be learned from", error.why, error.remedy) from error


def _joined(
    listed: Sequence[Listed], join: Callable[[Listed, Path, bytes], Taught], *, manifest: Path, folder: Path
) -> tuple[list[Taught], tuple[str, ...]]:
    """Join what a manifest lists to the files in `folder`; also warn of pictures that were left out."""
    files = PictureFolder(folder).find_all(picture.name for picture in listed)

    def use(picture: Listed) -> Taught:
        file = files.get(picture.name)
        if file is None:
            raise InvalidLabels(f"{picture.name} cannot be learned from", f"it is not below {folder}")
        body = read_file(file)
        image = join(picture, file, body)
        require_pixels(picture.name, body)
        return image

    return usable(listed, use, file=str(manifest))


def _require_all(
    labels: Sequence[str], shown: Iterable[str], manifest: Path, warnings: Sequence[str]
) -> None:
    """Refuse a label that lost every picture: a brand must not drop out unnoticed."""
    if lost := sorted(set(labels) - set(shown)):
        raise InvalidLabels(
            f"{manifest} cannot teach {', '.join(lost)}",
            f"every picture that shows it is among those that cannot be used ({warnings[0].rstrip('.')})",
            "Correct these pictures",
        )
