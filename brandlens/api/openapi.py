"""Writes the API down as an OpenAPI 3.1 document: `python -m brandlens.schemas` puts it into schemas/."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from brandlens.api.problems import Problem
from brandlens.api.routes import PATH_PARAMETERS, ROUTES, Route

_REFERENCE = "#/components/schemas/{model}"
_ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
"""Refusals that any route may give."""

_AS_GIVEN: JsonSchemaMode = "validation"
_AS_WRITTEN: JsonSchemaMode = "serialization"


class _Generator(GenerateJsonSchema):
    """Requires every field of an answer: they are all written, those with a default too."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return self.mode == _AS_WRITTEN or super().field_is_required(field, total)


def document() -> Mapping[str, Any]:
    """Return the document, made of the routes and their models."""
    models = {
        (mode, model): TypeAdapter(model)
        for route in ROUTES
        for mode, model in ((_AS_GIVEN, route.body), (_AS_WRITTEN, route.answer))
        if model is not None
    } | {(_AS_WRITTEN, Problem): TypeAdapter(Problem)}
    schemas, definitions = TypeAdapter.json_schemas(
        [((mode, model), mode, adapter) for (mode, model), adapter in models.items()],
        ref_template=_REFERENCE,
        schema_generator=_Generator,
    )
    by_model = {key: schema for (key, _mode), schema in schemas.items()}
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, by_model)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "brandlens",
            "version": "1.0.0",
            "description": "Every call is signed with AWS Signature Version 4, for the service execute-api.",
        },
        "security": [{"sigv4": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(definitions["$defs"].items())),
            "responses": {
                status.name: {"description": status.phrase, "content": _json(by_model[_AS_WRITTEN, Problem])}
                for status in sorted({status for route in ROUTES for status in _refusals(route)})
            },
            "securitySchemes": {
                "sigv4": {
                    "type": "apiKey",
                    "name": "Authorization",
                    "in": "header",
                    "x-amazon-apigateway-authtype": "awsSigv4",
                }
            },
        },
    }


def _operation(route: Route, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    answered: dict[str, Any] = {"description": route.status.phrase}
    if route.answer is not None:
        answered["content"] = _json(schemas[_AS_WRITTEN, route.answer])
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "description": f"Group: {route.group}.",
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": {
            str(route.status.value): answered,
            **{
                str(status.value): {"$ref": f"#/components/responses/{status.name}"}
                for status in sorted(_refusals(route))
            },
        },
    }
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": _json(schemas[_AS_GIVEN, route.body])}
    return operation


def _refusals(route: Route) -> set[HTTPStatus]:
    too_large = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE} if route.body else set()
    return {*_ALWAYS, *route.refusals} | too_large


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _path_parameters(route: Route) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", route.path):
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "schema": TypeAdapter(PATH_PARAMETERS[name]).json_schema(),
        }


def _query_parameters(route: Route) -> Iterator[dict[str, Any]]:
    if route.query is None:
        return
    # Inlined: a query's enumerations are short, and parameters hold no definitions of their own.
    schema = route.query.model_json_schema()
    for name, found in schema["properties"].items():
        yield {"name": name, "in": "query", "required": False, "schema": _inlined(found, schema)}


def _inlined(node: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inlined(each, schema) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(schema["$defs"][node["$ref"].rpartition("/")[2]], schema)
    if "anyOf" in node:
        # A parameter is left out where a field is null.
        (given,) = (each for each in node["anyOf"] if each != {"type": "null"})
        rest = {key: value for key, value in node.items() if key not in ("anyOf", "default")}
        return _inlined(given | rest, schema)
    return {key: _inlined(value, schema) for key, value in node.items()}
