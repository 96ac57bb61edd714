"""The detector that a command measures: a model on disk, or a project's active one."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from brandlens.adapters.embedded_model import open_embedded_model
from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.model_registry import S3ModelRegistry
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.rekognition import RekognitionDetector, RekognitionModels
from brandlens.adapters.versions_table import VersionsTable
from brandlens.cli.cloud import Cloud
from brandlens.cli.console import Reporter
from brandlens.cli.leased_model import leased
from brandlens.detect.command.pictures import Kind
from brandlens.detect.pyramid import Mode
from brandlens.errors import InvalidInput, ModelFailed, NoTrainedModel, UnknownProject
from brandlens.extras import require_extra
from brandlens.media.still import prepare_still
from brandlens.model_runs import ModelHouse
from brandlens.ports import Detector
from brandlens.projects import validated_name

UNMEASURED = "A detector cannot be measured"
EMBEDDED_CONFIDENCE = 50.0
"""Percent; training sets the confidences of an embedded model so that it works best there."""
TRIES = 12
"""Of asking a service about one picture: pauses of up to 20 seconds each, while others use the model too."""


@dataclass(frozen=True)
class Asked:
    """A model with what it knows: `confidence` is its operating point in percent.

    `kind` is what it tells of a picture. `opened` gives its detector, running until the context ends.
    `prepared` makes of a picture file's bytes what the detector takes.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...]
    confidence: float
    opened: Callable[[Reporter], AbstractContextManager[Detector]]
    prepared: Callable[[bytes], bytes]


def saved_model(path: Path, *, mode: Mode, threads: int) -> Asked:
    """Open an embedded model of either kind.

    Raises `NotFound` where there is none, and `InvalidInput` where it was changed, is of a newer format, or
    is to be looked with accurately although it tells concepts.
    """
    require_extra("onnxruntime", "evaluate", what=UNMEASURED)
    from brandlens.detect import artifact
    from brandlens.detect.load import opened

    try:
        model = artifact.load(path)
        detector = opened(model, mode=mode, threads=threads)
    except ModelFailed as error:
        # The file is the caller's own: no work of ours has failed.
        raise InvalidInput(error.what, error.why, error.remedy) from error
    kind = model.description.kind
    if kind != "object" and mode != "fast":
        raise InvalidInput(
            "Nothing was evaluated", "a model of concepts looks in one way only", "Leave --mode out"
        )
    return Asked(
        name=str(path),
        kind=kind,
        labels=detector.labels,
        confidence=EMBEDDED_CONFIDENCE,
        opened=lambda _: nullcontext(detector),
        prepared=lambda picture: picture,
    )


def project_model(cloud: Cloud, name: str, *, mode: Mode, threads: int) -> Asked:
    """Return a project's active model: an embedded one as it is kept, or one that its service starts when it
    is opened, should it stand still.

    Raises `UnknownProject`, `NoTrainedModel`, `ModelFailed` for an embedded model that is not as it was kept,
    and `InvalidInput` where the model has no such `mode`.
    """
    project = cloud.projects.get(validated_name(name))
    what = f"Project {name} cannot be evaluated"
    if project is None:
        raise UnknownProject(what, "there is no such project", "See `brandlens project list`")
    model = project.active_model
    if model is None:
        raise NoTrainedModel(what, "it has no trained model", "Teach it with `brandlens train`")
    if model.detector == "embedded":
        registry = S3ModelRegistry(cloud.outputs.results_bucket)
        versions = VersionsTable(cloud.outputs.models_table)
        detector = open_embedded_model(model, versions, registry, mode=mode, threads=threads)
        return Asked(
            name=f"{name}, version {model.version}",
            kind=detector.kind,
            labels=detector.labels,
            confidence=model.min_confidence,
            opened=lambda _: nullcontext(detector),
            prepared=lambda picture: picture,
        )
    if mode != "fast":
        raise InvalidInput(what, "a service's model looks in one way only", "Leave --mode out")
    house = ModelHouse(
        models=RekognitionModels(),
        leases=ModelsTable(cloud.outputs.models_table),
        bus=EventBridgeBus(cloud.outputs.event_bus),
    )
    return Asked(
        name=f"{name}, version {model.version}",
        # Custom Labels tells concepts one by one, each with a confidence of its own.
        kind="object" if project.label_type == "object" else "multi-label",
        labels=tuple(project.labels),
        confidence=model.min_confidence,
        opened=partial(leased, RekognitionDetector(model, tries=TRIES), model, name, house),
        prepared=lambda picture: prepare_still(picture).jpeg,
    )
