"""Opens a saved model of any kind, ready to be asked."""

from pathlib import Path

from brandlens.detect import artifact
from brandlens.detect.concepts.inference import ConceptClassifier
from brandlens.detect.inference import EmbeddedDetector


def load_detector(path: Path, *, threads: int = 2) -> EmbeddedDetector | ConceptClassifier:
    """Return the detector of the model in the folder or archive `path`, working on `threads` threads.

    Raises
    ------
    NotFound
        There is no model.
    ModelFailed
        It was changed since it was saved, is of a newer format or an unknown kind, or its network is refused.
    """
    model = artifact.load(path)
    if isinstance(model, artifact.TrainedConcepts):
        return ConceptClassifier.of(model, threads=threads)
    return EmbeddedDetector.of(model, threads=threads)
