"""The embedded detector: finds labels in a picture with ONNX Runtime alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import onnxruntime
from PIL import Image

from brandlens.detect import artifact, calibration, grid, pyramid
from brandlens.detect.geometry import Floats, suppress
from brandlens.detect.pictures import decode
from brandlens.errors import ModelFailed
from brandlens.results import Box, Detection

SAME_PLACE = 0.5
"""Overlap above which two finds, of whatever label, are one: the more confident stays."""
ALIGNMENT = 16
"""The network takes sides that are multiples of this; pictures are padded with grey at right and bottom."""
LEAST_SCORE = 0.02
"""Scores below are noise whatever confidence is asked for."""
MOST_FINDS = 300
"""Finds of one picture that are compared with each other; a picture of noise may have thousands."""


class EmbeddedDetector:
    """brandlens' own detector; implements `brandlens.ports.Detector`. May be shared between threads."""

    def __init__(
        self, network: bytes, labels: Sequence[artifact.ModelLabel], *, longest_side: int, threads: int = 2
    ) -> None:
        """Prepare to detect on `threads` threads.

        Raises
        ------
        ModelFailed
            ONNX Runtime refuses the network.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Idle threads must sleep, not spin: the machine has other work between pictures.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                network, sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # ONNX Runtime's own errors share no base class but this
            raise ModelFailed(
                "Cannot load the model", f"its network is refused ({error})", "Train it again"
            ) from error
        self._labels = [label.name for label in labels]
        self._operating = np.asarray([label.operating_score for label in labels])
        self._longest_side = longest_side

    @classmethod
    def load(cls, directory: Path, *, threads: int = 2) -> Self:
        """Load a saved model; raises as `brandlens.detect.artifact.load` does."""
        return cls.of(artifact.load(directory), threads=threads)

    @classmethod
    def of(cls, trained: artifact.Trained, *, threads: int = 2) -> Self:
        """Return the detector that a training gave."""
        description = trained.description
        return cls(
            trained.network, description.labels, longest_side=description.longest_side, threads=threads
        )

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._labels)

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        """Return what is found at `min_confidence` percent or more, in descending confidence.

        `image` is any picture Pillow reads. Raises `CorruptMedia`, `MediaTooLarge`, `ModelFailed`.
        """
        picture = decode(image, longest_side=self._longest_side)
        least = [calibration.score_at(min_confidence, operating) for operating in self._operating]
        thresholds = np.maximum(np.asarray(least, np.float32), LEAST_SCORE)
        boxes, labels, scores = self._finds(picture, thresholds)
        percents = np.asarray(
            [calibration.confidence(s, self._operating[n]) for s, n in zip(scores, labels, strict=True)],
            np.float32,
        )
        best = np.argsort(-percents, kind="stable")[:MOST_FINDS]
        kept = best[suppress(boxes[best], percents[best], limit=SAME_PLACE)] if best.size else best
        size = np.tile(np.asarray(picture.size, np.float32), 2)
        return tuple(
            Detection(
                label=self._labels[labels[n]],
                confidence=round(float(percents[n]), 3),
                box=_box(boxes[n] / size),
            )
            for n in kept
            if percents[n] >= min_confidence
        )

    def _finds(self, picture: Image.Image, thresholds: Floats) -> tuple[Floats, npt.NDArray[np.intp], Floats]:
        """Look at every copy of the picture: boxes in its pixels, clipped to it, label indices and scores."""
        scales = pyramid.scales(*picture.size)
        boxes, labels, scores = [], [], []
        for scale in scales:
            size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
            copy = picture if scale == 1 else picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2)
            peaks, distances = self._session.run(None, {"pictures": _padded(copy)})
            found, which, score = grid.decode(peaks[0], distances[0], thresholds)
            found = np.clip(found, 0, np.tile(np.asarray(size, np.float32), 2))
            sides = found[:, 2:] - found[:, :2]
            shortest, longest = pyramid.size_range(scale, scales[-1])
            fits = (sides.max(axis=1) >= shortest) & (sides.max(axis=1) <= longest) & (sides.min(axis=1) >= 1)
            boxes.append(found[fits] * np.tile(np.asarray(picture.size, np.float32) / size, 2))
            labels.append(which[fits])
            scores.append(score[fits])
        return np.concatenate(boxes).astype(np.float32), np.concatenate(labels), np.concatenate(scores)


def _padded(picture: Image.Image) -> npt.NDArray[np.uint8]:
    """Return 1 x height x width x 3 pixels, padded to the network's alignment."""
    pixels = np.asarray(picture, dtype=np.uint8)
    below, right = (-pixels.shape[0] % ALIGNMENT, -pixels.shape[1] % ALIGNMENT)
    return np.pad(pixels, ((0, below), (0, right), (0, 0)), constant_values=127)[None]


def _box(fractions: Floats) -> Box:
    left, top, right, bottom = (float(np.clip(side, 0, 1)) for side in fractions)
    return Box(left=left, top=top, width=right - left, height=bottom - top)
