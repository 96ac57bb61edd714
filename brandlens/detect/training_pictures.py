"""From a manifest and a folder of pictures to what a training takes.

A picture that fails to decode in the fourth minute of a training would cost all four, so every one is decoded
once before.
"""

from dataclasses import dataclass
from pathlib import Path

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.picture_files import PictureFolder, manifest_text, read_file, usable
from brandlens.detect.pictures import decode
from brandlens.detect.pyramid import LONGEST_SIDE
from brandlens.errors import CorruptMedia, InvalidLabels, MediaTooLarge
from brandlens.labels.files import checked_format
from brandlens.labels.manifest import read_manifest
from brandlens.labels.pictures import LabeledPicture, labels_of


@dataclass(frozen=True, slots=True)
class TrainingPictures:
    """What to learn from. `warnings` say which pictures were left out; they belong in the report."""

    images: list[LabeledImage]
    labels: tuple[str, ...]
    warnings: tuple[str, ...]


def labeled_images(manifest: Path, *, pictures: Path) -> TrainingPictures:
    """Read a manifest with object locations whose pictures lie in the folder `pictures`.

    A picture that is missing, damaged, or of another size than its line says is left out with a warning.

    Raises
    ------
    InvalidInput
        The manifest or the folder cannot be read.
    InvalidLabels
        A line cannot be used, there are no boxes, too many pictures cannot be used, or all of a label's.
    """
    named = read_manifest(manifest_text(manifest), file=str(manifest))
    labels = labels_of(named)
    if not labels:
        raise InvalidLabels(
            f"{manifest} cannot be learned from",
            f"none of its {len(named)} pictures has a box",
            "Draw boxes around what shall be found",
        )
    files = PictureFolder(pictures).find_all(picture.name for picture in named)

    def use(picture: LabeledPicture) -> LabeledImage:
        file = files.get(picture.name)
        if file is None:
            raise InvalidLabels(f"{picture.name} cannot be learned from", f"it is not below {pictures}")
        body = read_file(file)
        checked_format(picture, body)
        require_pixels(picture.name, body)
        return LabeledImage.of(picture, file)

    images, warnings = usable(named, use, file=str(manifest))
    shown = {label for image in images for label, _ in image.boxes}
    if lost := [label for label in labels if label not in shown]:
        raise InvalidLabels(
            f"{manifest} cannot teach {', '.join(lost)}",
            f"every picture that shows it is among those that cannot be used ({warnings[0]})",
            "Correct these pictures",
        )
    return TrainingPictures(images, labels, warnings)


def require_pixels(name: str, body: bytes) -> None:
    """Decode a picture as training will; `InvalidLabels` says of the picture called `name` why it fails."""
    try:
        decode(body, longest_side=LONGEST_SIDE)
    except (CorruptMedia, MediaTooLarge) as error:
        raise InvalidLabels(f"{name} cannot be learned from", error.why, error.remedy) from error
