"""A small Pulumi program with one of each thing whose realisation or behaviour the tests look at."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws

from local.program import Program

HANDLERS = Path(__file__).parent


def program(run: Callable[[], object]) -> Program:
    """Return the program that `run` is the whole of."""
    return Program("sample", "test", {"aws:region": "eu-west-1"}, run)


def trust(service: str) -> str:
    return policy("sts:AssumeRole", Principal={"Service": service})


def policy(action: str | list[str], **more: Any) -> str:
    statement = {"Effect": "Allow", "Action": action, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def machine(name: str, role: aws.iam.Role, definition: pulumi.Input[str]) -> aws.sfn.StateMachine:
    return aws.sfn.StateMachine(name, name=name, role_arn=role.arn, definition=definition)


def function(name: str, role: aws.iam.Role, *, timeout: int = 20, **more: Any) -> "aws.lambda_.Function":
    """Make the function `name` of `sample_handlers`; it may take `timeout` seconds."""
    variables = {"PYTHONPATH": str(HANDLERS), **more.pop("variables", {})}
    return aws.lambda_.Function(
        name,
        name=name,
        role=role.arn,
        package_type="Image",
        image_uri="000000000000.dkr.ecr.eu-west-1.amazonaws.com/sample:local",
        image_config={"commands": [f"sample_handlers.{name}"]},
        environment={"variables": variables},
        timeout=timeout,
        **more,
    )


def task(function_arn: str, **more: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": function_arn, "End": True, **more}


def definition(start: dict[str, Any], **more: Any) -> str:
    """Return a state machine of one state."""
    return json.dumps({"StartAt": "Only", "States": {"Only": start}, **more})
