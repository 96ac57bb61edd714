"""Opens a saved model of any kind, ready to be asked."""

from pathlib import Path

from brandlens.detect import artifact
from brandlens.detect.concepts.inference import ConceptClassifier
from brandlens.detect.inference import EmbeddedDetector
from brandlens.detect.pyramid import Mode, require_mode


def load_detector(
    path: Path, *, mode: Mode = "fast", threads: int = 2
) -> EmbeddedDetector | ConceptClassifier:
    """Return the detector of the model in the folder or archive `path`, working on `threads` threads.

    `mode` is for models that find objects; concepts are always told from one look.

    Raises
    ------
    InvalidInput
        There is no such mode, or there are no threads.
    NotFound
        There is no model.
    ModelFailed
        It was changed since it was saved, is of a newer format or an unknown kind, or its network is refused.
    """
    return opened(artifact.load(path), mode=mode, threads=threads)


def opened(
    model: artifact.Trained | artifact.TrainedConcepts, *, mode: Mode = "fast", threads: int = 2
) -> EmbeddedDetector | ConceptClassifier:
    """Return the detector of a model that is loaded; parameters and errors are as of `load_detector`."""
    require_mode(mode)
    if isinstance(model, artifact.TrainedConcepts):
        return ConceptClassifier.of(model, threads=threads)
    return EmbeddedDetector.of(model, mode=mode, threads=threads)
