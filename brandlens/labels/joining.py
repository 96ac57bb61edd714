"""Joins what annotations say to the pictures at hand, and refuses what does not fit them."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from brandlens.labels.files import require_size
from brandlens.labels.image_manifest import ClassifiedPicture
from brandlens.labels.naming import found_as
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.refusing import invalid
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.labels.sizes import Size

Picture = TypeVar("Picture", LabeledPicture, ClassifiedPicture)


def joined(
    pictures: Iterable[Picture], *, file: str, labels: Collection[str] | None, sizes: Mapping[str, Size]
) -> tuple[Picture, ...]:
    """Return the pictures under the names they have among `sizes`, the pictures at hand.

    Raises `InvalidLabels` naming the annotations' `file`, the picture and the reason: a picture that is not
    there, two that are found as one, a label that is not among `labels`, another size than the file's, or no
    label at all.
    """
    found: dict[str, Picture] = {}
    for picture in pictures:
        name = found_as(picture.name, sizes)
        if name is None:
            raise invalid(file, f"the picture {picture.name} is not there")
        if name in found:
            raise invalid(file, f"the picture {name} is labeled twice")
        if labels is not None and (unknown := sorted(set(picture.labels) - set(labels))):
            known = ", ".join(sorted(labels))
            if isinstance(picture, ClassifiedPicture):
                known += f", and {SECOND_CLASS!r} for pictures that show none"
            raise invalid(file, f"{name} is labeled {unknown[0]}, and the project knows {known}")
        if isinstance(picture, LabeledPicture):
            require_size(picture, sizes[name])
        found[name] = picture.model_copy(update={"name": name})
    if not any(picture.labels for picture in found.values()):
        raise invalid(file, "none of its pictures is labeled")
    return tuple(found.values())
