"""The detector that a command measures: a model on disk, or a project's active one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from brandlens.adapters.rekognition import RekognitionDetector
from brandlens.cli.cloud import Cloud
from brandlens.detect.pyramid import Mode
from brandlens.errors import InvalidInput, NoTrainedModel, UnknownProject
from brandlens.extras import require_extra
from brandlens.media.still import prepare_still
from brandlens.ports import Detector
from brandlens.projects import validated_name

UNMEASURED = "A detector cannot be measured"
EMBEDDED_CONFIDENCE = 50.0
"""Percent; training sets the confidences of an embedded model so that it works best there."""


@dataclass(frozen=True)
class Asked:
    """A detector with what it knows: `confidence` is its operating point in percent.

    `prepared` makes of a picture file's bytes what the detector takes.
    """

    name: str
    detector: Detector
    labels: tuple[str, ...]
    confidence: float
    prepared: Callable[[bytes], bytes]


def saved_model(path: Path, *, mode: Mode, threads: int) -> Asked:
    """Open an embedded model; raises as `EmbeddedDetector.load` does."""
    require_extra("onnxruntime", "evaluate", what=UNMEASURED)
    from brandlens.detect.inference import EmbeddedDetector

    detector = EmbeddedDetector.load(path, mode=mode, threads=threads)
    return Asked(str(path), detector, detector.labels, EMBEDDED_CONFIDENCE, lambda picture: picture)


def project_model(cloud: Cloud, name: str) -> Asked:
    """Return a project's active model, which has to run for being asked.

    Raises `UnknownProject`, `NoTrainedModel`, and `InvalidInput` for a model no service runs.
    """
    project = cloud.projects.get(validated_name(name))
    what = f"Project {name} cannot be evaluated"
    if project is None:
        raise UnknownProject(what, "there is no such project", "See `brandlens project list`")
    model = project.active_model
    if model is None:
        raise NoTrainedModel(what, "it has no trained model", "Teach it with `brandlens train`")
    if model.detector != "rekognition":
        raise InvalidInput(
            what, f"its model is {model.detector}, and no service runs it", "Name its folder with --model"
        )
    return Asked(
        name=f"{name}, version {model.version}",
        detector=RekognitionDetector(model),
        labels=tuple(project.labels),
        confidence=model.min_confidence,
        prepared=lambda picture: prepare_still(picture).jpeg,
    )
