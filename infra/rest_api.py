"""The REST API that API Gateway is given, in OpenAPI with its extensions.

Each route of `brandlens.api.routes` is a method that IAM guards and the function `api` answers:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

import json
import re
from typing import Any

from brandlens.api.routes import ROUTES, SIGNED_HEADERS, Group, Route
from infra.naming import Place

STAGE = "v1"
PREFLIGHT_SECONDS = 600

_PROBLEM = json.dumps(
    {"code": "$context.error.responseType", "message": "MESSAGE", "request_id": "$context.requestId"}
).replace('"MESSAGE"', "$context.error.messageString")
"""The form of our errors (`brandlens.api.problems.Problem`), for requests that API Gateway itself refuses."""


def body(place: Place, function_arn: str, origin: str) -> str:
    """Return the definition as JSON. `origin` is the one whose pages may call, empty for none."""
    service = f"arn:{place.partition}:apigateway:{place.region}:lambda:path/2015-03-31/functions"
    integration = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": f"{service}/{function_arn}/invocations",
        "passthroughBehavior": "when_no_match",
    }
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = {
            "operationId": route.name,
            "parameters": _path_parameters(route),
            "responses": {},
            "security": [{"sigv4": []}],
            "x-amazon-apigateway-integration": integration,
        }
    if origin:
        for path, methods in paths.items():
            methods["options"] = _preflight(path, methods, origin)
    headers = {"gatewayresponse.header.Access-Control-Allow-Origin": f"'{origin}'"} if origin else {}
    refusal = {"responseParameters": headers, "responseTemplates": {"application/json": _PROBLEM}}
    return json.dumps(
        {
            "openapi": "3.0.1",
            "info": {"title": place.name("api"), "version": "1"},
            "paths": paths,
            "components": {
                "securitySchemes": {
                    "sigv4": {
                        "type": "apiKey",
                        "name": "Authorization",
                        "in": "header",
                        "x-amazon-apigateway-authtype": "awsSigv4",
                    }
                }
            },
            "x-amazon-apigateway-gateway-responses": {"DEFAULT_4XX": refusal, "DEFAULT_5XX": refusal},
        }
    )


def invocations(place: Place, api_id: str, group: Group) -> list[str]:
    """Return the ARNs of the methods that a group may call, as `execute-api:Invoke` names them."""
    allowed = [route for route in ROUTES if group == "editor" or route.group == "viewer"]
    return [
        place.arn("execute-api", f"{api_id}/{STAGE}/{route.method}{re.sub(r'{[a-z]+}', '*', route.path)}")
        for route in allowed
    ]


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]


def _preflight(path: str, methods: dict[str, Any], origin: str) -> dict[str, Any]:
    """What answers a browser that asks whether a page may call."""
    allowed = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": ",".join(method.upper() for method in methods),
        "Access-Control-Allow-Headers": ",".join(SIGNED_HEADERS),
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
    described = {name: {"schema": {"type": "string"}} for name in allowed}
    return {
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in re.findall(r"{(\w+)}", path)
        ],
        "responses": {"204": {"description": "What a page may send", "headers": described}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode": 204}'},
            "passthroughBehavior": "when_no_match",
            "responses": {
                "default": {
                    "statusCode": "204",
                    "responseParameters": {
                        f"method.response.header.{name}": f"'{value}'" for name, value in allowed.items()
                    },
                }
            },
        },
    }
