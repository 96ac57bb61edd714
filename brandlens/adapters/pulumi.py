"""Asks the Pulumi CLI about a stack: it alone knows where the stack's state is kept."""

import json
import subprocess
from typing import Any

from brandlens.errors import InvalidSettings, NotFound, ServiceUnavailable

_TIMEOUT_SECONDS = 60


def stack_outputs(stack: str) -> dict[str, Any]:
    """Return the outputs of `stack`. Run from the project's folder, as the Pulumi CLI itself must be."""
    outputs = _asked(f"The outputs of stack {stack} cannot be read", stack, "output", "--json")
    if not outputs:
        raise NotFound(
            f"Stack {stack} is of no use yet", "it has no outputs", f"Run `pulumi up -s {stack}` first"
        )
    return outputs


def stack_resource_ids(stack: str) -> frozenset[str]:
    """Return AWS's identifiers of what `stack` has made, as its state has them; errors as `stack_outputs`."""
    state = _asked(f"The state of stack {stack} cannot be read", stack, "export")
    resources = (state.get("deployment") or {}).get("resources") or []
    return frozenset(one["id"] for one in resources if one.get("id"))


def _asked(what: str, stack: str, *command: str) -> dict[str, Any]:
    argv = ["pulumi", "stack", *command, "--non-interactive", "--stack", stack]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False)
    except FileNotFoundError as error:
        raise InvalidSettings(
            what, "the Pulumi CLI is not installed",
            "Install it (https://www.pulumi.com/docs/install/), or leave --env out to use the local cloud",
        ) from error  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ServiceUnavailable(what, f"pulumi took more than {_TIMEOUT_SECONDS} seconds") from error
    if done.returncode != 0:
        raise NotFound(
            what,
            done.stderr.strip().removeprefix("error: ").rstrip(".")
            or f"pulumi ended with code {done.returncode}",
            f"Run `pulumi up -s {stack}` first",
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
