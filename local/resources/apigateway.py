"""REST APIs of API Gateway. The emulator reads few of OpenAPI's extensions, so this reads the definition."""

import json
from typing import Any

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, unless

GONE = "NotFoundException"
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "options"})


def put_api(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("apigateway"), inputs["name"]
    there = {api["name"]: api["id"] for api in _all(client, "get_rest_apis")}
    api_id = there.get(name) or client.create_rest_api(name=name)["id"]
    root, *_ = _clear(client, api_id)
    definition = json.loads(inputs["body"])
    resources = {"": root}
    for path, methods in definition["paths"].items():
        resource = _resource(client, api_id, resources, path)
        for method in _METHODS & methods.keys():
            _put_method(client, api_id, resource, method.upper(), methods[method])
    for kind, response in definition.get("x-amazon-apigateway-gateway-responses", {}).items():
        client.put_gateway_response(restApiId=api_id, responseType=kind, **response)
    return Made(api_id, {"rootResourceId": root, "executionArn": aws.arn("execute-api", api_id)})


def _all(client: Any, operation: str, **arguments: Any) -> list[dict[str, Any]]:
    pages = client.get_paginator(operation).paginate(**arguments)
    return [item for page in pages for item in page["items"]]


def _clear(client: Any, api_id: str) -> list[str]:
    """Delete every resource but the root, and return its id."""
    resources = _all(client, "get_resources", restApiId=api_id)
    for resource in resources:
        if resource["path"].count("/") == 1 and resource["path"] != "/":
            client.delete_resource(restApiId=api_id, resourceId=resource["id"])  # and all below it
    return [resource["id"] for resource in resources if resource["path"] == "/"]


def _resource(client: Any, api_id: str, resources: dict[str, str], path: str) -> str:
    """Return the resource of the path, made with those above it where they are missing."""
    if path not in resources:
        above, _, part = path.rpartition("/")
        parent = _resource(client, api_id, resources, above)
        made = client.create_resource(restApiId=api_id, parentId=parent, pathPart=part)
        resources[path] = made["id"]
    return resources[path]


def _put_method(client: Any, api_id: str, resource: str, method: str, operation: dict[str, Any]) -> None:
    place = {"restApiId": api_id, "resourceId": resource, "httpMethod": method}
    client.put_method(**place, authorizationType="AWS_IAM" if operation.get("security") else "NONE")
    integration = operation["x-amazon-apigateway-integration"]
    given = {key: integration[key] for key in ("uri", "requestTemplates") if key in integration}
    client.put_integration(
        **place,
        type=integration["type"].upper(),
        integrationHttpMethod=integration.get("httpMethod", method),
        **given,
    )
    for status, response in operation["responses"].items():
        headers = {f"method.response.header.{name}": True for name in response.get("headers", {})}
        client.put_method_response(**place, statusCode=status, responseParameters=headers)
    for response in integration.get("responses", {}).values():
        client.put_integration_response(
            **place, statusCode=response["statusCode"], responseParameters=response["responseParameters"]
        )


def delete_api(aws: Aws, api_id: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("apigateway").delete_rest_api(restApiId=api_id)


def put_deployment(aws: Aws, inputs: Inputs) -> Made:
    return Made(aws.client("apigateway").create_deployment(restApiId=inputs["restApi"])["id"])


def delete_deployment(aws: Aws, deployment_id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("apigateway").delete_deployment(restApiId=inputs["restApi"], deploymentId=deployment_id)


def put_stage(aws: Aws, inputs: Inputs) -> Made:
    client = aws.client("apigateway")
    api_id, name, deployment = inputs["restApi"], inputs["stageName"], inputs["deployment"]
    if any(stage["stageName"] == name for stage in client.get_stages(restApiId=api_id)["item"]):
        change = {"op": "replace", "path": "/deploymentId", "value": deployment}
        client.update_stage(restApiId=api_id, stageName=name, patchOperations=[change])
    else:
        client.create_stage(restApiId=api_id, stageName=name, deploymentId=deployment)
    # By its path: not every machine finds names below localhost.
    return Made(name, {"invokeUrl": f"{aws.endpoint}/_aws/execute-api/{api_id}/{name}"})


def delete_stage(aws: Aws, name: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("apigateway").delete_stage(restApiId=inputs["restApi"], stageName=name)


_SETTINGS = {
    "throttlingRateLimit": "throttling/rateLimit",
    "throttlingBurstLimit": "throttling/burstLimit",
    "metricsEnabled": "metrics/enabled",
}


def put_settings(aws: Aws, inputs: Inputs) -> Made:
    path = inputs["methodPath"]
    changes = [
        {"op": "replace", "path": f"/{path}/{_SETTINGS[name]}", "value": str(value).lower()}
        for name, value in inputs["settings"].items()
    ]
    aws.client("apigateway").update_stage(
        restApiId=inputs["restApi"], stageName=inputs["stageName"], patchOperations=changes
    )
    return Made(f"{inputs['restApi']}-{inputs['stageName']}-{path}")


def delete_settings(_aws: Aws, _id: str, _inputs: Inputs) -> None:
    """They go with their stage."""


KINDS = {
    "aws:apigateway/restApi:RestApi": Kind(put_api, delete_api, named_by="name"),
    "aws:apigateway/deployment:Deployment": Kind(
        put_deployment, delete_deployment, replaced_when=("restApi",)
    ),
    "aws:apigateway/stage:Stage": Kind(
        put_stage,
        delete_stage,
        named_by="stageName",
        replaced_when=("restApi",),
        fingerprint=lambda aws: aws.endpoint,  # it is in the stage's URL
    ),
    "aws:apigateway/methodSettings:MethodSettings": Kind(
        put_settings, delete_settings, replaced_when=("restApi",)
    ),
}
