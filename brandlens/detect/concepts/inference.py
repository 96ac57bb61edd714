"""The embedded classifier: tells which labels hold for a whole picture, with ONNX Runtime alone."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from brandlens.detect import calibration
from brandlens.detect.artifact import ModelLabel, TrainedConcepts
from brandlens.detect.batches import PictureDetector
from brandlens.detect.concepts.size import DECODED, fitted
from brandlens.detect.pictures import Picture, decode
from brandlens.detect.session import open_session
from brandlens.results import Detection


class ConceptClassifier(PictureDetector):
    """Implements `brandlens.ports.Detector`. May be shared between threads."""

    def __init__(self, network: bytes, labels: Sequence[ModelLabel], *, side: int, threads: int = 2) -> None:
        """Prepare to look at pictures of about side x side pixels on `threads` threads.

        Raises
        ------
        InvalidInput
            There are no threads.
        ModelFailed
            ONNX Runtime refuses the network.
        """
        self._session = open_session(network, threads=threads)
        self._model_labels = tuple(labels)
        self._side = side

    @classmethod
    def of(cls, trained: TrainedConcepts, *, threads: int = 2) -> Self:
        """Return the classifier that a training gave."""
        description = trained.description
        return cls(trained.network, description.labels, side=description.side, threads=threads)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label.name for label in self._model_labels)

    def detect(self, image: Picture, *, min_confidence: float) -> tuple[Detection, ...]:
        """Return the labels that hold at `min_confidence` percent or more, in descending confidence.

        They have no box: the whole picture is looked at, in about its own proportions. `image` is a file of
        any kind Pillow reads, its bytes, or pixels: height x width x 3, RGB, uint8. Raises `CorruptMedia`,
        `InvalidInput`, `MediaTooLarge`.
        """
        calibration.require_percent(min_confidence)
        picture = fitted(decode(image, longest_side=DECODED), side=self._side)
        (scores,) = self._session.run(None, {"pictures": np.asarray(picture, dtype=np.uint8)[None]})[0]
        found = [
            Detection(
                label=label.name,
                confidence=round(calibration.confidence(float(score), label.operating_score), 3),
            )
            for label, score in zip(self._model_labels, scores, strict=True)
        ]
        found.sort(key=lambda detection: -detection.confidence)
        return tuple(detection for detection in found if detection.confidence >= min_confidence)
