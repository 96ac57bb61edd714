"""Reads a stack's outputs with the Pulumi CLI, the one who knows where the stack's state is kept."""

import json
import subprocess
from typing import Any

from brandlens.errors import InvalidSettings, NotFound

_TIMEOUT_SECONDS = 60


def stack_outputs(stack: str) -> dict[str, Any]:
    """Return the outputs of `stack`. Run from the project's folder, as the Pulumi CLI itself must be."""
    argv = ["pulumi", "stack", "output", "--json", "--non-interactive", "--stack", stack]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False)
    except FileNotFoundError as error:
        raise InvalidSettings(
            f"The outputs of stack {stack} cannot be read", "the Pulumi CLI is not installed",
            "Install it (https://www.pulumi.com/docs/install/), or leave --env out to use the local cloud",
        ) from error  # fmt: skip
    if done.returncode != 0:
        raise NotFound(
            f"The outputs of stack {stack} cannot be read",
            done.stderr.strip().removeprefix("error: ").rstrip(".")
            or f"pulumi ended with code {done.returncode}",
            f"Run `pulumi up -s {stack}` first",
        )
    outputs: dict[str, Any] = json.loads(done.stdout)
    if not outputs:
        raise NotFound(
            f"Stack {stack} is of no use yet", "it has no outputs", f"Run `pulumi up -s {stack}` first"
        )
    return outputs
