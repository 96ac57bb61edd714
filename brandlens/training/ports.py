"""What trainings of the embedded detector need from outside, besides a `brandlens.ports.Trainer`."""

from typing import Protocol

from brandlens.training.versions import Artifact


class ModelRegistry(Protocol):
    """Keeps the embedded models."""

    def keep(self, project: str, version: str, model: bytes) -> Artifact:
        """Keep a version's model. Keeping it again changes nothing."""
        ...

    def holds(self, artifact: Artifact) -> bool:
        """Whether a model is there, and is the one that was kept, as far as its checksum tells."""
        ...

    def read(self, artifact: Artifact) -> bytes:
        """Return a model; `ModelFailed` where it is gone, or is not the one that was kept."""
        ...


class TrainingStopper(Protocol):
    def stop(self, version_arn: str) -> None:
        """Stop the training of a version; one that has ended is left alone."""
        ...
