"""Pulumi's resource monitor, realising in the emulator what the program registers.

Pulumi itself orders the program, resolves its outputs and names its resources; this monitor stands where the
engine and the AWS provider would, on the interface that Pulumi offers for tests.
"""

import asyncio
import hashlib
import json
import threading
from collections.abc import Callable
from typing import Any

import pulumi
from google.protobuf import empty_pb2
from pulumi.runtime import rpc
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.proto import resource_pb2

from brandlens.errors import BrandlensError, LocalCloudFailed
from local.aws import Aws
from local.invokes import answer
from local.realised import Entry, Realised
from local.resources.kinds import Inputs, Kind, Made

Told = Callable[[str], None]
"""Is told the name of each resource that is realised."""


class NoMocks(Mocks):
    """What the monitor does not do itself, nothing does."""

    def call(self, args: MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        raise LocalCloudFailed(
            f"the Pulumi program calls {args.token}", "the local cloud answers invokes only"
        )

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        raise LocalCloudFailed(
            f"resource {args.name} cannot be read",
            f"{args.typ} is looked up, not made, which only AWS can do",
        )


class RealisingMonitor(MockMonitor):
    """Realises each registered resource, once, and skips what is as it should be.

    Attributes
    ----------
    seen
        URNs that the program registered.
    stack_outputs
        What the program exported.
    failure
        The first error; nothing more is realised after it.
    """

    def __init__(self, aws: Aws, kinds: dict[str, Kind], realised: Realised, told: Told) -> None:
        super().__init__(NoMocks())
        self._aws, self._kinds, self._realised, self._told = aws, kinds, realised, told
        self._lock = threading.Lock()
        self.seen: set[str] = set()
        self.stack_outputs: dict[str, Any] = {}
        self.failure: BrandlensError | None = None

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  the protocol's name
        """Realise one resource. Pulumi calls this from several threads at once."""
        urn = self.make_urn(request.parent, request.type, request.name)
        if not request.custom or request.type.startswith("pulumi:"):
            # Components and providers are nothing but names; a provider's id only has to be there.
            return resource_pb2.RegisterResourceResponse(urn=urn, id=request.name if request.custom else "")
        inputs = _read(request.object)
        with self._lock:
            self.seen.add(urn)
            if self.failure:
                raise self.failure
        try:
            entry = self._realise(urn, request.type, request.name, inputs)
        except Exception as error:
            failure = _failure(request.type, request.name, error)
            with self._lock:
                self.failure = self.failure or failure
            raise failure from error
        state = entry.inputs | entry.outputs
        self.resources[urn] = MockMonitor.ResourceRegistration(urn, entry.id, state)
        return resource_pb2.RegisterResourceResponse(urn=urn, id=entry.id, object=_written(state))

    def Invoke(self, request: Any) -> Any:  # noqa: N802  the protocol's name
        """Answer what the program asks of its provider."""
        given = answer(self._aws, request.tok, _read(request.args))
        return resource_pb2.ResourceInvokeResponse(**{"return": _written(given)})

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802  the protocol's name
        """Take the outputs of the stack; those of components concern nobody."""
        if "::pulumi:pulumi:Stack::" in request.urn:
            self.stack_outputs = _read(request.outputs)
        return empty_pb2.Empty()

    def _realise(self, urn: str, kind_name: str, name: str, inputs: dict[str, Any]) -> Entry:
        kind = self._kinds.get(kind_name)
        if kind is None:
            raise LocalCloudFailed(
                f"resource {name} cannot be made in the local cloud",
                f"its type {kind_name} is not known there",
                "Add a realiser for it to local/resources",
            )
        if kind.named_by and not inputs.get(kind.named_by):
            inputs[kind.named_by] = f"{name}-{hashlib.sha256(urn.encode()).hexdigest()[:7]}"
        digest = _digest(inputs, kind.fingerprint(self._aws))
        before = self._realised.get(urn)
        if before is not None and before.digest == digest:
            self._realised.keep(before)
            return before
        self._told(name)
        if before is not None and _replaced(kind, before.inputs, inputs):
            kind.delete(self._aws, before.id, before.inputs)
        made: Made = kind.put(self._aws, inputs)
        entry = Entry(
            urn=urn,
            type=kind_name,
            name=name,
            digest=digest,
            id=made.id,
            inputs=inputs,
            outputs=made.outputs,
        )
        self._realised.put(entry)
        return entry


def _replaced(kind: Kind, before: Inputs, after: Inputs) -> bool:
    names = kind.replaced_when + ((kind.named_by,) if kind.named_by else ())
    return any(before.get(name) != after.get(name) for name in names)


def _digest(inputs: Inputs, fingerprint: str) -> str:
    text = json.dumps([inputs, fingerprint], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(properties: Any) -> Any:
    """Read properties off the wire. References among them want a running event loop: one for this call."""

    async def read() -> Any:
        return _plain(rpc.deserialize_properties(properties))

    return asyncio.run(read())


def _written(values: dict[str, Any]) -> Any:
    return asyncio.run(rpc.serialize_properties(values, {}))


def _plain(value: Any) -> Any:
    """Unwrap secrets and files, drop Pulumi's own markers, make whole numbers whole again.

    The wire has floats only.
    """
    if isinstance(value, pulumi.FileAsset):
        return {"path": value.path}
    if rpc.is_rpc_secret(value):
        return _plain(rpc.unwrap_rpc_secret(value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key != "__defaults"}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def one_line(error: Exception) -> str:
    """Name the error and what it says, whatever lines it says it in."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(".")


def _failure(kind_name: str, name: str, error: Exception) -> BrandlensError:
    if isinstance(error, BrandlensError):
        return error
    return LocalCloudFailed(
        f"resource {name} could not be made in the local cloud",
        f"{kind_name}: {one_line(error)}",
        "Correct it and run `brandlens local up` again; it goes on from there",
    )
