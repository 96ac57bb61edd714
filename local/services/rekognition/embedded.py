"""brandlens' embedded detector as the service's engine."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from brandlens.detect.artifact import save
from brandlens.detect.concepts.dataset import ConceptImage, ConceptKind
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.load import load_detector
from brandlens.ports import Detector

_SEED = 20260101
"""Fixed, so that training twice on the same pictures gives models as alike as a time budget allows."""


class EmbeddedEngine:
    """Implements `local.services.rekognition.engine.Engine`."""

    def train(
        self,
        images: Sequence[LabeledImage],
        labels: Sequence[str],
        *,
        budget_seconds: float,
        directory: Path,
        progress: Callable[[float], None],
    ) -> None:
        # PyTorch is needed in the training process alone, and takes seconds to import.
        from brandlens.detect.train import train

        trained = train(
            images,
            labels,
            budget_seconds=budget_seconds,
            seed=_SEED,
            progress=_fractions(budget_seconds, progress),
            threads=len(os.sched_getaffinity(0)),
        )
        save(trained, directory)

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
        from brandlens.detect.concepts.train import train_concepts

        trained = train_concepts(
            images,
            labels,
            kind=kind,
            budget_seconds=budget_seconds,
            seed=_SEED,
            progress=_fractions(budget_seconds, progress),
            threads=len(os.sched_getaffinity(0)),
        )
        save(trained, directory)

    def load(self, directory: Path) -> Detector:
        # Calls come several at a time: a core for each beats sharing all cores for one.
        return load_detector(directory, threads=1)


def _fractions(
    budget_seconds: float, progress: Callable[[float], None]
) -> Callable[[int, float, float], None]:
    def report(_step: int, _loss: float, seconds_left: float) -> None:
        progress(1 - seconds_left / budget_seconds)

    return report
