"""Models that start at once, and a detector that finds what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from brandlens.errors import NotFound
from brandlens.inference import Units
from brandlens.jobs import Model
from brandlens.results import Detection


@dataclass
class FakeModels:
    """A `ModelControl` whose models are STARTING and STOPPING until `status_of` says otherwise."""

    status_of: dict[str, str] = field(default_factory=dict)
    started: list[tuple[str, Units]] = field(default_factory=list)

    def status(self, model: Model) -> str:
        if model.arn not in self.status_of:
            raise NotFound(f"model {model.arn} has no status", "there is no such model")
        return self.status_of[model.arn]

    def units(self, model: Model) -> int:
        return next((units.least for arn, units in reversed(self.started) if arn == model.arn), 1)

    def start(self, model: Model, units: Units) -> bool:
        if self.status_of[model.arn] in ("STARTING", "RUNNING"):
            return False
        self.status_of[model.arn] = "STARTING"
        self.started.append((model.arn, units))
        return True

    def stop(self, model: Model) -> None:
        self.status_of[model.arn] = "STOPPING"


@dataclass
class FakeDetector:
    """Finds what `finds` says of a picture; raises `failures` first, one a call."""

    finds: Mapping[bytes, tuple[Detection, ...]] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    asked: list[tuple[bytes, float]] = field(default_factory=list)

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        if self.failures:
            raise self.failures.pop(0)
        self.asked.append((image, min_confidence))
        return self.finds.get(image, ())
