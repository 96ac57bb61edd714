"""The two things that can be learned: boxes in pictures, and labels of whole pictures."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PIL import Image

from brandlens.detect.concepts.dataset import ConceptImage, ConceptKind
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.evaluation.assumed_thresholds import Score, score_concepts, score_labels
from brandlens.labels.image_manifest import CLASSIFICATION, MULTILABEL, ClassifiedPicture, read_image_line
from brandlens.labels.manifest import read_line
from brandlens.labels.manifest_lines import attributes_of
from brandlens.labels.pictures import LabeledPicture
from brandlens.results import Detection
from local.services.rekognition.engine import Engine

AnyImage = LabeledImage | ConceptImage
Progress = Callable[[float], None]


class Labeled(Protocol):
    """A picture and its labels, as a line of a manifest gives them."""

    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> Sequence[str] | frozenset[str]: ...


Picture = TypeVar("Picture", bound=Labeled)
Learned = TypeVar("Learned", bound=AnyImage)


class Lesson(Protocol[Picture, Learned]):
    """How one kind of labels is read, learned and judged."""

    fewest_labels: int

    def read(self, line: str, *, file: str, number: int) -> Picture:
        """Read a manifest's line; `InvalidLabels` says what is wrong with it."""
        ...

    def joined(self, picture: Picture, path: Path) -> Learned | str:
        """Join a picture to its file, or say why the two do not go together."""
        ...

    def train(
        self,
        engine: Engine,
        images: Sequence[Learned],
        labels: Sequence[str],
        *,
        budget_seconds: float,
        directory: Path,
        progress: Progress,
    ) -> None: ...
    def scores(
        self, tests: Sequence[Learned], found: Sequence[Sequence[Detection]], labels: Sequence[str]
    ) -> dict[str, Score]: ...
    def shows(self, image: Learned, label: str) -> bool: ...


class Boxes:
    """Implements `Lesson`."""

    fewest_labels = 1

    def read(self, line: str, *, file: str, number: int) -> LabeledPicture:
        return read_line(line, file=file, number=number)

    def joined(self, picture: LabeledPicture, path: Path) -> LabeledImage | str:
        with Image.open(path) as header:
            # A picture with an EXIF orientation may be labeled as shown, so either way round will do.
            if sorted(header.size) != sorted((picture.width, picture.height)):
                return f"{picture.name}: its size is not the image_size of its line"
        return LabeledImage.of(picture, path)

    def train(
        self,
        engine: Engine,
        images: Sequence[LabeledImage],
        labels: Sequence[str],
        *,
        budget_seconds: float,
        directory: Path,
        progress: Progress,
    ) -> None:
        engine.train(images, labels, budget_seconds=budget_seconds, directory=directory, progress=progress)

    def scores(
        self, tests: Sequence[LabeledImage], found: Sequence[Sequence[Detection]], labels: Sequence[str]
    ) -> dict[str, Score]:
        return score_labels([test.boxes for test in tests], found, labels)

    def shows(self, image: LabeledImage, label: str) -> bool:
        return label in dict(image.boxes)


class Concepts:
    """Implements `Lesson`. A classifier tells labels from each other, so there are two at least."""

    fewest_labels = 2

    def read(self, line: str, *, file: str, number: int) -> ClassifiedPicture:
        return read_image_line(line, file=file, number=number)

    def joined(self, picture: ClassifiedPicture, path: Path) -> ConceptImage:
        return ConceptImage(path, picture.labels, picture.scene)

    def train(
        self,
        engine: Engine,
        images: Sequence[ConceptImage],
        labels: Sequence[str],
        *,
        budget_seconds: float,
        directory: Path,
        progress: Progress,
    ) -> None:
        exclusive = all(len(image.labels) == 1 for image in images)
        kind: ConceptKind = "multi-class" if exclusive else "multi-label"
        engine.train_concepts(
            images, labels, kind=kind, budget_seconds=budget_seconds, directory=directory, progress=progress
        )

    def scores(
        self, tests: Sequence[ConceptImage], found: Sequence[Sequence[Detection]], labels: Sequence[str]
    ) -> dict[str, Score]:
        return score_concepts([frozenset(test.labels) for test in tests], found, labels)

    def shows(self, image: ConceptImage, label: str) -> bool:
        return label in image.labels


AnyLesson = Lesson[Any, Any]


def lesson_of(manifest: bytes) -> AnyLesson:
    """Return what a manifest teaches: that of its first line whose labels are of a kind we know, or boxes."""
    for line in manifest.splitlines():
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(fields, dict):
            if attributes_of(fields, [CLASSIFICATION, MULTILABEL]):
                return Concepts()
            if len(fields) > 1:
                return Boxes()
    return Boxes()
