"""What the service is told on its command line."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`state` is the folder that everything outlasting the process is kept in.

    `aws_endpoint` is the emulator's URL, asked for S3 objects and for who an access key belongs to.
    `start_seconds` is how long a model is STARTING, STOPPING or DELETING. `training_seconds` is the budget of
    one training. `engine` is the import path, `module:attribute`, of what trains and detects.
    """

    state: Path
    aws_endpoint: str
    start_seconds: float
    training_seconds: float
    calls_per_second_per_unit: float
    engine: str
