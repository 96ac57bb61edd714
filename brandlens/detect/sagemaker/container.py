"""The files of a SageMaker training container, below `/opt/ml`: what a program is given and leaves.

https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html and
https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-output.html
"""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from brandlens.errors import InvalidSettings
from brandlens.training.embedded_job import (
    PICTURES_CHANNEL,
    TEST_CHANNEL,
    TRAIN_CHANNEL,
    Hyperparameters,
)
from brandlens.training.files import TEST_MANIFEST, TRAIN_MANIFEST

_MOST_OF_A_FAILURE = 1024
"""Characters of the failure file that DescribeTrainingJob shows."""


@dataclass(frozen=True)
class Container:
    root: Path

    @property
    def train_manifest(self) -> Path:
        return self._channel(TRAIN_CHANNEL) / TRAIN_MANIFEST

    @property
    def test_manifest(self) -> Path:
        return self._channel(TEST_CHANNEL) / TEST_MANIFEST

    @property
    def pictures(self) -> Path:
        return self._channel(PICTURES_CHANNEL)

    @property
    def model(self) -> Path:
        """The folder whose files SageMaker uploads once the program has ended well."""
        return self.root / "model"

    @property
    def checkpoints(self) -> Path | None:
        """The folder that outlives this container, where the job was given one."""
        folder = self.root / "checkpoints"
        return folder if folder.is_dir() else None

    def hyperparameters(self) -> Hyperparameters:
        """Read what the job was told; `InvalidSettings` where it cannot be trained by."""
        file = self.root / "input" / "config" / "hyperparameters.json"
        try:
            return Hyperparameters.model_validate_json(file.read_bytes())
        except (OSError, ValidationError) as error:
            raise InvalidSettings(
                "The model cannot be trained", f"{file} cannot be used ({error})", "Create the job anew"
            ) from error

    def fail(self, why: str) -> None:
        """Leave what DescribeTrainingJob shall say of the failure."""
        folder = self.root / "output"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "failure").write_text(why[:_MOST_OF_A_FAILURE], encoding="utf-8")

    def _channel(self, name: str) -> Path:
        return self.root / "input" / "data" / name
