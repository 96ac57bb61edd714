"""A model of the embedded detector, taken from where the stack keeps it and run in this process."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from brandlens.detect.command.pictures import Kind
from brandlens.detect.pyramid import Mode
from brandlens.errors import ModelFailed
from brandlens.extras import require_extra
from brandlens.jobs import Model
from brandlens.labels.second_class import is_second_class
from brandlens.ports import VersionStore
from brandlens.results import Detection
from brandlens.training.ports import ModelRegistry

if TYPE_CHECKING:
    from brandlens.detect.concepts.inference import ConceptClassifier
    from brandlens.detect.inference import EmbeddedDetector


class EmbeddedModel:
    """A `Detector`. `kind` is what it tells of a picture, `labels` are all that it may find."""

    def __init__(self, detector: "EmbeddedDetector | ConceptClassifier", kind: Kind) -> None:
        self._detector = detector
        self.kind = kind
        self.labels = tuple(label for label in detector.labels if not is_second_class(label))

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        found = self._detector.detect(image, min_confidence=min_confidence)
        return tuple(one for one in found if not is_second_class(one.label))


def open_embedded_model(
    model: Model, versions: VersionStore, registry: ModelRegistry, *, threads: int, mode: Mode = "fast"
) -> EmbeddedModel:
    """Return the model, working on `threads` threads of the CPU.

    Raises
    ------
    ModelFailed
        It is not known or gone, is not the one that its training left, or cannot be loaded.
    InvalidSettings
        The extra `detect` is not installed.
    """
    what = f"Model version {model.version} cannot be asked"
    version = versions.get(model.arn)
    if version is None or version.artifact is None:
        raise ModelFailed(what, "its training left no model", "Train the project again")
    require_extra("onnxruntime", "detect", what=what)
    # With ONNX Runtime, which other detectors need not.
    from brandlens.detect import artifact
    from brandlens.detect.load import opened

    body = registry.read(version.artifact)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.zip"
        file.write_bytes(body)
        trained = artifact.load(file)
    return EmbeddedModel(opened(trained, mode=mode, threads=threads), trained.description.kind)
