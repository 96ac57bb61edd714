"""Lambda functions, run from this checkout.

On AWS a function is an image. Here it is a custom runtime whose `bootstrap` starts Lambda's own runtime
client in this Python environment: the same client as in the image, so the same error names, time-outs and
context.
"""

import hashlib
import io
import shlex
import sys
import zipfile
from typing import Any

from botocore.exceptions import ClientError

from brandlens.errors import LocalCloudFailed
from local.aws import Aws
from local.home import REPOSITORY
from local.resources.kinds import Inputs, Kind, Made, code_of, given, unless

GONE = "ResourceNotFoundException"
SOURCES = ("brandlens", "functions")
RUNTIME = "provided.al2023"


def sources_digest() -> str:
    """Hash every file that a function may run: a change makes new workers of all functions."""
    digest = hashlib.sha256()
    for root in SOURCES:
        for file in sorted((REPOSITORY / root).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(REPOSITORY)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _package(handler: str, digest: str) -> bytes:
    """Return the deployment package: the bootstrap, which names the sources it was made for."""
    python = shlex.quote(sys.executable)
    script = f"#!/bin/sh\n# sources {digest}\nexec {python} -m awslambdaric {shlex.quote(handler)}\n"
    entry = zipfile.ZipInfo("bootstrap")  # the fixed date of 1980: the same sources make the same bytes
    entry.external_attr = 0o755 << 16
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(entry, script)
    return package.getvalue()


def put_function(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("lambda"), inputs["name"]
    handler = _handler(inputs)
    package = _package(handler, aws.sources)
    settings = _settings(aws, inputs, handler)
    try:
        client.create_function(FunctionName=name, Code={"ZipFile": package}, **settings)
    except ClientError as error:
        if code_of(error) != "ResourceConflictException":
            raise
        client.update_function_configuration(FunctionName=name, **settings)
        client.update_function_code(FunctionName=name, ZipFile=package)
    reserved = inputs.get("reservedConcurrentExecutions")
    if reserved is not None and reserved >= 0:
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=reserved)
    arn = aws.arn("lambda", f"function:{name}")
    invoke = f"arn:aws:apigateway:{aws.region}:lambda:path/2015-03-31/functions/{arn}/invocations"
    return Made(
        name, {"arn": arn, "invokeArn": invoke, "qualifiedArn": f"{arn}:$LATEST", "version": "$LATEST"}
    )


def _handler(inputs: Inputs) -> str:
    command = (inputs.get("imageConfig") or {}).get("commands") or []
    if inputs.get("packageType") != "Image" or len(command) != 1:
        raise LocalCloudFailed(
            f"function {inputs['name']} cannot run here",
            "only functions of package type Image with one command, their handler, do",
            "Give it imageConfig.commands",
        )
    return str(command[0])


def _settings(aws: Aws, inputs: Inputs, handler: str) -> dict[str, Any]:
    variables = (inputs.get("environment") or {}).get("variables") or {}
    return {
        "Runtime": RUNTIME,
        "Handler": handler,
        "Role": inputs["role"],
        "Timeout": inputs.get("timeout") or 3,
        "MemorySize": inputs.get("memorySize") or 128,
        "Environment": {"Variables": {**variables, **aws.function_environment}},
    } | given(
        Description=inputs.get("description"),
        EphemeralStorage=_storage(inputs),
        TracingConfig=_capital(inputs.get("tracingConfig")),
        LoggingConfig=_capital(inputs.get("loggingConfig")),
        DeadLetterConfig=_capital(inputs.get("deadLetterConfig")),
    )


def _storage(inputs: Inputs) -> dict[str, int] | None:
    storage = inputs.get("ephemeralStorage")
    return {"Size": storage["size"]} if storage else None


def _capital(block: Inputs | None) -> dict[str, Any] | None:
    return {key[:1].upper() + key[1:]: value for key, value in block.items()} if block else None


def delete_function(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("lambda").delete_function(FunctionName=name)


def put_permission(aws: Aws, inputs: Inputs) -> Made:
    delete_permission(aws, "", inputs)
    aws.client("lambda").add_permission(
        FunctionName=inputs["function"],
        StatementId=inputs["statementId"],
        Action=inputs["action"],
        Principal=inputs["principal"],
        **given(SourceArn=inputs.get("sourceArn"), SourceAccount=inputs.get("sourceAccount")),
    )
    return Made(inputs["statementId"])


def delete_permission(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("lambda").remove_permission(
            FunctionName=inputs["function"], StatementId=inputs["statementId"]
        )


def put_invoke_config(aws: Aws, inputs: Inputs) -> Made:
    destinations = inputs.get("destinationConfig") or {}
    aws.client("lambda").put_function_event_invoke_config(
        FunctionName=inputs["functionName"],
        **given(
            MaximumRetryAttempts=inputs.get("maximumRetryAttempts"),
            MaximumEventAgeInSeconds=inputs.get("maximumEventAgeInSeconds"),
        ),
        DestinationConfig={
            theirs: {"Destination": destinations[ours]["destination"]}
            for ours, theirs in (("onFailure", "OnFailure"), ("onSuccess", "OnSuccess"))
            if destinations.get(ours)
        },
    )
    return Made(inputs["functionName"])


def delete_invoke_config(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("lambda").delete_function_event_invoke_config(FunctionName=name)


KINDS = {
    "aws:lambda/function:Function": Kind(
        put_function,
        delete_function,
        named_by="name",
        fingerprint=lambda aws: f"{aws.sources} {sys.executable} {sorted(aws.function_environment.items())}",
    ),
    "aws:lambda/permission:Permission": Kind(
        put_permission, delete_permission, named_by="statementId", replaced_when=("function",)
    ),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": Kind(
        put_invoke_config, delete_invoke_config, replaced_when=("functionName",)
    ),
}
