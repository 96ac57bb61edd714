"""The AWS JSON 1.1 protocol, both ways, by botocore's own model of the service."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

import botocore.session
from botocore.model import ListShape, OperationModel, ServiceModel, Shape, StructureShape
from botocore.validate import ParamValidator

from local.services.aws_json.errors import ServiceError


class Wire:
    """One service's protocol; `service` is its name in botocore."""

    def __init__(self, service: str) -> None:
        self.service = service

    @cached_property
    def model(self) -> ServiceModel:
        return botocore.session.get_session().get_service_model(self.service)

    @property
    def target_prefix(self) -> str:
        """What precedes an operation's name in the header `X-Amz-Target`."""
        return f"{self.model.metadata['targetPrefix']}."

    def read_request(self, operation: str, body: bytes) -> dict[str, Any]:
        """Return an operation's parameters, blobs as bytes and times as aware UTC.

        `ServiceError` where the service model forbids them.
        """
        model = self.model.operation_model(operation)
        try:
            raw = json.loads(body or b"{}")
        except ValueError as error:
            raise ServiceError("SerializationException", "The request is not valid JSON.") from error
        assert model.input_shape is not None
        params = _decoded(model.input_shape, raw)
        report = ParamValidator().validate(params, model.input_shape)
        faults = [report.generate_report()] if report.has_errors() else []
        # The SDK leaves upper bounds, patterns and enumerations to the service.
        faults += [] if faults else list(_constraint_faults(model.input_shape, params, ""))
        if faults:
            errors = "error" if len(faults) == 1 else "errors"
            raise ServiceError(
                "ValidationException", f"{len(faults)} validation {errors} detected: {'; '.join(faults)}"
            )
        assert isinstance(params, dict)
        return params

    def write_response(self, operation: str, result: Mapping[str, Any]) -> bytes:
        """Serialize a result; an `AssertionError` if it is not what the model promises."""
        model: OperationModel = self.model.operation_model(operation)
        if model.output_shape is not None:
            report = ParamValidator().validate(dict(result), model.output_shape)
            assert not report.has_errors(), report.generate_report()
        return json.dumps(result, default=_epoch).encode()


def write_error(error: ServiceError) -> bytes:
    return json.dumps({"__type": error.code, "Message": error.message, "message": error.message}).encode()


def _epoch(value: object) -> float:
    assert isinstance(value, datetime)
    return round(value.timestamp(), 3)


def _decoded(shape: Shape, value: Any) -> Any:
    """Decode blobs and times, leaving whatever has the wrong type to the validator."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        return {
            name: _decoded(shape.members[name], member) if name in shape.members else member
            for name, member in value.items()
        }
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_decoded(shape.member, member) for member in value]
    if shape.type_name == "timestamp" and isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    if shape.type_name == "blob" and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise ServiceError("SerializationException", "A blob is not valid base64.") from error
    return value


def _constraint_faults(shape: Shape, value: Any, path: str) -> Iterator[str]:
    rules = shape.metadata
    size = value if shape.type_name in ("integer", "long", "float", "double") else None
    if shape.type_name in ("string", "blob", "list", "map"):
        size = len(value)
    if "max" in rules and size is not None and size > rules["max"]:
        measure = "value" if size is value else "length"
        yield _constraint(path, f"Member must have {measure} less than or equal to {rules['max']}")
    if "pattern" in rules and not _pattern(rules["pattern"]).fullmatch(value):
        yield _constraint(path, f"Member must satisfy regular expression pattern: {rules['pattern']}")
    if "enum" in rules and value not in rules["enum"]:
        yield _constraint(path, f"Member must satisfy enum value set: [{', '.join(rules['enum'])}]")
    if isinstance(shape, StructureShape):
        for name, member in value.items():
            yield from _constraint_faults(shape.members[name], member, f"{path}.{_camel(name)}".lstrip("."))
    elif isinstance(shape, ListShape):
        for number, member in enumerate(value, start=1):
            yield from _constraint_faults(shape.member, member, f"{path}.{number}.member")


@cache
def _pattern(java: str) -> re.Pattern[str]:
    """Compile a pattern as the model writes it: Python spells Unicode classes differently."""
    # Marks, symbols and punctuation have no class in Python: whatever is no space stands for them.
    unlike = {"L": r"\w", "Z": r"\s", "N": r"\d", "M": r"\S", "S": r"\S", "P": r"\S"}
    for theirs, ours in ((rf"\p{{{name}}}", ours) for name, ours in unlike.items()):
        java = java.replace(theirs, ours)
    return re.compile(java)


def _constraint(path: str, rule: str) -> str:
    return f"Value at '{path}' failed to satisfy constraint: {rule}"


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]
