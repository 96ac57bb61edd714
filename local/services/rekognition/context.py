"""What every operation works with."""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from brandlens.errors import BrandlensError
from brandlens.ports import Detector
from local.services.aws_json.server import utc_now
from local.services.aws_json.signature import Caller
from local.services.aws_json.store import R
from local.services.rekognition import lifecycle
from local.services.rekognition.emulator import Emulator
from local.services.rekognition.engine import ModelLoader, engine_at
from local.services.rekognition.errors import not_found
from local.services.rekognition.records import DatasetRecord, ProjectRecord, VersionRecord
from local.services.rekognition.settings import Settings
from local.services.rekognition.store import Store
from local.services.rekognition.throttle import Throttle
from local.services.rekognition.training_data import Objects
from local.services.rekognition.training_job import MODEL
from local.services.rekognition.trainings import Trainings


class Models:
    """Detectors of running models, loaded once."""

    def __init__(self, loader: ModelLoader, trainings: Trainings) -> None:
        self._loader, self._trainings = loader, trainings
        self._loaded: dict[str, Detector] = {}
        self._lock = threading.Lock()

    def of(self, version: VersionRecord) -> Detector:
        with self._lock:
            if version.arn not in self._loaded:
                self._loaded[version.arn] = self._loader.load(self._trainings.directory(version) / MODEL)
            return self._loaded[version.arn]

    def unload(self, arn: str) -> None:
        with self._lock:
            self._loaded.pop(arn, None)


@dataclass(frozen=True, slots=True)
class Context:
    settings: Settings
    store: Store
    objects: Objects
    trainings: Trainings
    models: Models
    throttle: Throttle
    now: Callable[[], datetime]

    def owned(self, kind: type[R], arn: str, caller: Caller, what: str) -> R:
        """Return a record of the caller's account and region, or raise ResourceNotFoundException."""
        record = self.store.get(kind, arn) if arn.startswith(arn_prefix(caller)) else None
        if record is None:
            raise not_found(f"the {what} {arn}")
        return record

    def project(self, arn: str, caller: Caller) -> ProjectRecord:
        return self.owned(ProjectRecord, arn, caller, "project")

    def dataset(self, arn: str, caller: Caller) -> DatasetRecord:
        return self.owned(DatasetRecord, arn, caller, "dataset")

    def version(self, arn: str, caller: Caller) -> VersionRecord:
        """Return a model version in the state it has by now."""
        with self.store.lock:
            current = self.settle(self.owned(VersionRecord, arn, caller, "model version"))
        if current is None:
            raise not_found(f"the model version {arn}")
        return current

    def versions(self, project: ProjectRecord) -> list[VersionRecord]:
        """Return a project's versions in the states they have by now, newest first."""
        return self.versions_below(f"{project.arn.rpartition('/')[0]}/version/")

    def versions_below(self, arn_prefix: str) -> list[VersionRecord]:
        with self.store.lock:
            settled = [self.settle(version) for version in self.store.every(VersionRecord, arn_prefix)]
        return [version for version in settled if version is not None]

    def settle(self, version: VersionRecord) -> VersionRecord | None:
        """Record what the version has become; None when its deletion is over."""
        current = lifecycle.settled(version, self.now(), self.settings.start_seconds)
        if current is None:
            self.store.remove(version.arn)
            shutil.rmtree(self.trainings.directory(version), ignore_errors=True)
            return None
        if current.status == "RUNNING" and version.status == "STARTING":
            try:
                self.models.of(current)
            except BrandlensError as error:
                current = lifecycle.failed(version, self.now(), f"The model could not be started. {error}")
        if current.status != "RUNNING":
            self.models.unload(version.arn)
        if current != version:
            self.store.put(current)
        return current


def arn_prefix(caller: Caller) -> str:
    return f"arn:aws:rekognition:{caller.region}:{caller.account}:"


def make_context(settings: Settings, objects: Emulator) -> Context:
    store = Store(settings.state / "rekognition.sqlite")
    trainings = Trainings(settings, store, utc_now)
    return Context(
        settings=settings,
        store=store,
        objects=objects,
        trainings=trainings,
        models=Models(engine_at(settings.engine), trainings),
        throttle=Throttle(settings.calls_per_second_per_unit, time.monotonic),
        now=utc_now,
    )
