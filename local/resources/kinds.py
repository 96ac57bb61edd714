"""What a realiser of one resource type is, and what they share."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from local.aws import Aws

Inputs = Mapping[str, Any]
"""A resource's inputs under their names on the wire: camelCase, as Pulumi's schema has them."""


@dataclass(frozen=True)
class Made:
    """What making a resource gave: its physical id, and the outputs it has besides its inputs."""

    id: str
    outputs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """How resources of one type are realised.

    Attributes
    ----------
    put
        Makes the resource, or makes the one that is there as the inputs say: safe to repeat.
    delete
        Takes it away; what is already gone is no error.
    named_by
        The input that holds the physical name; one is made up from the logical name where it is not given.
    replaced_when
        Inputs whose change needs another resource, the old one deleted first.
    fingerprint
        What the realisation depends on besides the inputs.
    """

    put: Callable[[Aws, Inputs], Made]
    delete: Callable[[Aws, str, Inputs], None]
    named_by: str | None = None
    replaced_when: tuple[str, ...] = ()
    fingerprint: Callable[[Aws], str] = lambda _: ""


@contextmanager
def unless(*codes: str) -> Any:
    """Pass over an error of the emulator whose code is one of `codes`."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] not in codes:
            raise


def code_of(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


def pascal(value: Any) -> Any:
    """Capitalise the names of nested inputs: `ruleName` to `RuleName`, as most AWS APIs spell them."""
    if isinstance(value, Mapping):
        return {key[:1].upper() + key[1:]: pascal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [pascal(item) for item in value]
    return value


def given(**arguments: Any) -> dict[str, Any]:
    """Leave out the arguments that are None."""
    return {name: value for name, value in arguments.items() if value is not None}


def tag_list(inputs: Inputs) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in sorted((inputs.get("tags") or {}).items())]


def nothing_to_delete(_aws: Aws, _id: str, _inputs: Inputs) -> None:
    """For settings that go together with what they are set on."""
