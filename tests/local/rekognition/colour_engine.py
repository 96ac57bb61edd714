"""A tiny real engine: a label is the mean colour of its boxes, found again as the patch of that colour."""

import json
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from brandlens.detect.concepts.dataset import ConceptImage, ConceptKind
from brandlens.detect.dataset import LabeledImage
from brandlens.errors import InvalidLabels, ModelFailed
from brandlens.results import Box, Detection

Pixels = npt.NDArray[np.int16]


def pixels_of(image: bytes) -> Pixels:
    with Image.open(BytesIO(image)) as picture:
        return np.asarray(picture.convert("RGB"), np.int16)


class ColourDetector:
    def __init__(self, colours: dict[str, list[float]]) -> None:
        self._colours = colours

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        pixels = pixels_of(image)
        height, width = pixels.shape[:2]
        found = []
        for label, colour in self._colours.items():
            distance = np.abs(pixels - np.asarray(colour)).max(axis=2)
            rows, columns = np.nonzero(distance < 40)
            if rows.size:
                box = Box(
                    left=float(columns.min() / width),
                    top=float(rows.min() / height),
                    width=float((columns.max() + 1 - columns.min()) / width),
                    height=float((rows.max() + 1 - rows.min()) / height),
                )
                confidence = 100 - float(distance[rows, columns].mean())
                found.append(Detection(label=label, confidence=confidence, box=box))
        kept = (one for one in found if one.confidence >= min_confidence)
        return tuple(sorted(kept, key=lambda one: -one.confidence))


class ColourTeller:
    """Tells which of some colours a whole picture is nearest to."""

    def __init__(self, colours: dict[str, list[float]]) -> None:
        self._colours = colours

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        mean = pixels_of(image).mean(axis=(0, 1))
        away = {label: float(np.abs(mean - colour).max()) for label, colour in self._colours.items()}
        found = [Detection(label=label, confidence=max(0.0, 100 - far)) for label, far in away.items()]
        kept = (one for one in found if one.confidence >= min_confidence)
        return tuple(sorted(kept, key=lambda one: -one.confidence))


class ColourEngine:
    """Takes the whole budget, so that a training can be watched and interrupted."""

    def train(
        self,
        images: Sequence[LabeledImage],
        labels: Sequence[str],
        *,
        budget_seconds: float,
        directory: Path,
        progress: Callable[[float], None],
    ) -> None:
        seen: dict[str, list[Pixels]] = {label: [] for label in labels}
        for image in images:
            pixels = pixels_of(image.read())
            for label, box in image.boxes:
                left, top = round(box.left * image.width), round(box.top * image.height)
                right = left + round(box.width * image.width)
                bottom = top + round(box.height * image.height)
                seen[label].append(pixels[top:bottom, left:right].reshape(-1, 3))
        if "Unlearnable" in labels:
            raise InvalidLabels("Cannot learn", "the label Unlearnable is there", "Drop it")
        for tenth in range(10):
            progress(tenth / 10)
            time.sleep(budget_seconds / 10)
        colours = {label: np.concatenate(parts).mean(axis=0).tolist() for label, parts in seen.items()}
        directory.mkdir()
        (directory / "colours.json").write_text(json.dumps(colours))

    def train_concepts(
        self,
        images: Sequence[ConceptImage],
        labels: Sequence[str],
        *,
        kind: ConceptKind,
        budget_seconds: float,
        directory: Path,
        progress: Callable[[float], None],
    ) -> None:
        """Learn the colour of whole pictures; none but pictures of a single label teach here."""
        assert kind == "multi-class"
        colours = {
            label: np.mean(
                [pixels_of(one.read()).mean(axis=(0, 1)) for one in images if label in one.labels], 0
            )
            for label in labels
        }
        progress(1)
        directory.mkdir()
        told = {label: colour.tolist() for label, colour in colours.items()}
        (directory / "concepts.json").write_text(json.dumps(told))

    def load(self, directory: Path) -> ColourDetector | ColourTeller:
        if (directory / "concepts.json").exists():
            return ColourTeller(json.loads((directory / "concepts.json").read_text()))
        try:
            return ColourDetector(json.loads((directory / "colours.json").read_text()))
        except FileNotFoundError as error:
            raise ModelFailed("Cannot load the model", "it has no colours", "Train it again") from error
