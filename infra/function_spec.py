"""What a function is given and what it may do."""

from collections.abc import Callable
from dataclasses import dataclass

from infra.naming import Place
from infra.policies import Statement


@dataclass(frozen=True)
class FunctionSpec:
    """One function of `functions/`.

    Attributes
    ----------
    name
        Its folder below `functions/`.
    memory_mb
        Memory in MiB; Lambda's processor share grows with it, one whole processor at 1,769.
    timeout_seconds
        At most 900, as Lambda has it.
    environment
        Its own variables: the fields of its model in `brandlens/settings.py`. Telemetry's come besides.
    rights
        What it may do, besides logging, tracing and reporting its failures.
    """

    name: str
    memory_mb: int
    timeout_seconds: int
    environment: tuple[str, ...]
    rights: Callable[[Place], tuple[Statement, ...]]
