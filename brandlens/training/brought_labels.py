"""Labels that came with a batch: read once the batch's pictures are known, then kept under their names."""

from collections.abc import Iterable, Mapping, Sequence

from brandlens.errors import InvalidLabels
from brandlens.jobs import Job
from brandlens.labels.image_manifest import ClassifiedPicture
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.reading import read_annotations, read_classifications
from brandlens.labels.sizes import Size
from brandlens.ports import ObjectStore
from brandlens.results import Warning  # noqa: A004 - the document's own term
from brandlens.training.files import BROUGHT_LABELS, training_prefix
from brandlens.training.folder import Folder
from brandlens.training.parts import PreparedPart
from brandlens.training.pictures import DatasetPicture
from brandlens.training.request import TrainingRequest
from brandlens.training.scenes import Scenes

Brought = LabeledPicture | ClassifiedPicture

_NAMED = "\0"
"""Begins a scene that annotations name, which no key of a file does."""


def read_brought(
    media: ObjectStore,
    request: TrainingRequest,
    parts: Iterable[PreparedPart],
    unusable: Sequence[Warning],
) -> dict[str, Brought]:
    """Read the annotations that the request names; return what they say, by the key of each picture's file.

    `unusable` is what is to be said of files that are no pictures of the batch after all. Raises
    `InvalidLabels`, which then tells of the first of those too: the annotations may miss it.
    """
    assert request.annotations is not None, "without annotations people are asked"
    sizes = {
        part.item.source.key.removeprefix(request.prefix): Size(part.media.width, part.media.height)
        for part in parts
        if part.media.kind == "image"
    }
    read = read_annotations if request.type == "object" else read_classifications
    try:
        pictures = read(
            request.annotations, Folder(media, request.prefix), labels=request.labels, sizes=sizes
        )
    except InvalidLabels as error:
        if not unusable:
            raise
        remedy = ". ".join(filter(None, (error.remedy, unusable[0].message.rstrip("."))))
        raise InvalidLabels(error.what, error.why, remedy) from error
    return {request.prefix + picture.name: picture for picture in pictures}


def kept_labels(brought: Mapping[str, Brought], pictures: Sequence[DatasetPicture]) -> bytes:
    """Return the content of `BROUGHT_LABELS`: the labels of the pictures as the dataset has them.

    Pictures of what the annotations call one scene are of one, as those are that look alike.
    """
    scenes = Scenes()
    for picture in pictures:
        labeled = brought[picture.source_key]
        if isinstance(labeled, LabeledPicture) and labeled.is_scene_named:
            scenes.join(picture.scene, f"{_NAMED}{labeled.scene}")
    return "".join(
        _as_kept(brought[picture.source_key], picture, scenes.of(picture.scene)).model_dump_json() + "\n"
        for picture in pictures
    ).encode()


def read_labeled(media: ObjectStore, job: Job) -> tuple[LabeledPicture, ...]:
    """Return the boxes that came with a batch of type `object`."""
    return tuple(LabeledPicture.model_validate_json(line) for line in _lines(media, job))


def read_classified(media: ObjectStore, job: Job) -> tuple[ClassifiedPicture, ...]:
    """Return the labels that came with a batch of type `concept`."""
    return tuple(ClassifiedPicture.model_validate_json(line) for line in _lines(media, job))


def _lines(media: ObjectStore, job: Job) -> list[bytes]:
    return media.read(training_prefix(job) + BROUGHT_LABELS).splitlines()


def _as_kept(brought: Brought, picture: DatasetPicture, scene: str) -> Brought:
    changes = {"name": picture.name, "scene": scene}
    size = {"width": picture.width, "height": picture.height}
    return brought.model_copy(update=changes | (size if isinstance(brought, LabeledPicture) else {}))
