"""What trains and detects behind the service."""

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from brandlens.detect.concepts.dataset import ConceptImage, ConceptKind
from brandlens.detect.dataset import LabeledImage
from brandlens.ports import Detector


class ModelLoader(Protocol):
    def load(self, directory: Path) -> Detector:
        """Return the model left in `directory`; a `BrandlensError` where it cannot be used."""
        ...


class Engine(ModelLoader, Protocol):
    def train(
        self,
        images: Sequence[LabeledImage],
        labels: Sequence[str],
        *,
        budget_seconds: float,
        directory: Path,
        progress: Callable[[float], None],
    ) -> None:
        """Train and leave a model in `directory`, telling the fraction done now and then.

        Raises `brandlens.errors.BrandlensError` where the pictures cannot be learned from.
        """
        ...

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
        """Do the same with labels of whole pictures."""
        ...


def engine_at(path: str) -> Engine:
    """Return the engine at the import path `module:attribute`; where none trains, it need only load."""
    module, _, attribute = path.partition(":")
    engine: Engine = getattr(importlib.import_module(module), attribute)()
    return engine
