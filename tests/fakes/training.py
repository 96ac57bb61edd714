"""A trainer that a test has succeed or fail, and what it has made: its versions, its models."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from brandlens.errors import ModelFailed
from brandlens.training.files import artifact_key
from brandlens.training.versions import Artifact, ModelVersion, TrainedVersion


@dataclass
class FakeTrainer:
    """A `Trainer` whose trainings end when a test says so; raises `failures` first, one a training."""

    versions: dict[tuple[str, str], TrainedVersion] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    begun: list[tuple[str, ...]] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    def ensure_project(self, name: str) -> str:
        return f"arn:aws:rekognition:eu-west-1:123456789012:project/{name}/1"

    def version(self, project_arn: str, name: str) -> TrainedVersion | None:
        return self.versions.get((project_arn, name))

    def train(
        self,
        project_arn: str,
        name: str,
        *,
        bucket: str,
        train_manifest: str,
        test_manifest: str,
        output: str,
    ) -> str:
        if self.failures:
            raise self.failures.pop(0)
        arn = f"{project_arn.rpartition('/')[0]}/version/{name}/1"
        self.versions[project_arn, name] = TrainedVersion(
            arn=arn, name=name, status="TRAINING_IN_PROGRESS", message="The model is being trained."
        )
        self.begun.append((bucket, train_manifest, test_manifest, output))
        return arn

    def stop(self, version_arn: str) -> None:
        self.stopped.append(version_arn)

    def becomes(self, name: str, **changes: Any) -> None:
        """Have the service say something else of the version of that name."""
        ((key, version),) = [item for item in self.versions.items() if item[0][1] == name]
        self.versions[key] = version.model_copy(update=changes)


class FakeVersions:
    def __init__(self) -> None:
        self.known: dict[str, ModelVersion] = {}

    def begin(self, version: ModelVersion) -> None:
        self.known.setdefault(version.model.arn, version)

    def end(self, version: ModelVersion) -> None:
        self.known[version.model.arn] = version

    def get(self, model_arn: str) -> ModelVersion | None:
        return self.known.get(model_arn)

    def of_project(self, project: str) -> Sequence[ModelVersion]:
        versions = [version for version in self.known.values() if version.project == project]
        return sorted(versions, key=lambda version: version.created_at, reverse=True)


class FakeRegistry:
    """A `ModelRegistry`."""

    def __init__(self) -> None:
        self.models: dict[str, bytes] = {}

    def keep(self, project: str, version: str, model: bytes) -> Artifact:
        key = artifact_key(project, version)
        self.models[key] = model
        return Artifact(bucket="results", key=key, sha256=hashlib.sha256(model).hexdigest())

    def holds(self, artifact: Artifact) -> bool:
        return hashlib.sha256(self.models.get(artifact.key, b"")).hexdigest() == artifact.sha256

    def read(self, artifact: Artifact) -> bytes:
        model = self.models.get(artifact.key, b"")
        if hashlib.sha256(model).hexdigest() != artifact.sha256:
            raise ModelFailed(f"the model {artifact.key} is refused", "it is not the one that was kept")
        return model
