"""Which Pulumi program the local cloud runs, and with what configuration."""

import os
import runpy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from local.home import REPOSITORY

STACK = "local"


@dataclass(frozen=True)
class Program:
    """A Pulumi program.

    Attributes
    ----------
    configuration
        As the engine passes it: `namespace:name` to text.
    secrets
        Keys of it that were set as secrets.
    run
        Runs the whole program once.
    """

    project: str
    stack: str
    configuration: Mapping[str, str]
    run: Callable[[], object]
    secrets: frozenset[str] = frozenset()

    def served_at(self, origin: str) -> "Program":
        """Return the same with its portal at `origin`."""
        return replace(self, configuration={**self.configuration, f"{self.project}:portal_origin": origin})


def infra() -> Program:
    """Return the program that deploys to AWS, `infra/`, with the settings of the stack `local`.

    $BRANDLENS_TRAINING_SECONDS sets the time that a training takes.
    """
    project = yaml.safe_load((REPOSITORY / "Pulumi.yaml").read_text("utf-8"))["name"]
    settings = yaml.safe_load((REPOSITORY / f"Pulumi.{STACK}.yaml").read_text("utf-8"))["config"]
    return Program(
        project=project,
        stack=STACK,
        configuration={name: _text(value) for name, value in settings.items()} | _chosen(project),
        # As Pulumi's own Python host runs it.
        run=lambda: runpy.run_path(str(REPOSITORY / "infra"), run_name="__main__"),
    )


def _chosen(project: str) -> dict[str, str]:
    seconds = os.environ.get("BRANDLENS_TRAINING_SECONDS")
    return {f"{project}:embedded_training_seconds": seconds} if seconds else {}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
