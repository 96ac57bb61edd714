"""Handlers of the sample program that the local cloud's tests deploy."""

import json
import os
import time
from typing import Any

import boto3

from brandlens.errors import EmptyObject, Throttled


def echo(event: Any, _context: object) -> Any:
    """Return the event."""
    return event


def settle(event: dict[str, Any], _context: object) -> dict[str, int]:
    """Return how many items a batch of a Distributed Map holds, and the map's own input."""
    return {"items": len(event["Items"]), "factor": event["BatchInput"]["factor"]}


def refuse(_event: Any, _context: object) -> None:
    """Raise one of our errors."""
    raise EmptyObject("the file is refused", "it is empty")


def recover(event: dict[str, Any], _context: object) -> None:
    """Fail the first time, then note the event."""
    table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
    key = event["detail"]["key"]
    tries = table.update_item(
        Key={"id": key},
        UpdateExpression="ADD tries :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )["Attributes"]["tries"]
    if tries == 1:
        raise Throttled("the first call fails", "the test wants it")


def trespass(_event: Any, _context: object) -> None:
    """Call what the function's role does not allow."""
    boto3.client("s3").list_buckets()


def read(event: dict[str, str], _context: object) -> dict[str, str]:
    """Read the object whose key the event names."""
    answer = boto3.client("s3").get_object(Bucket="emulated-media", Key=event["key"])
    return {"body": answer["Body"].read().decode()}


def schedule(event: dict[str, str], _context: object) -> dict[str, str]:
    """Make a schedule in the group that the event names."""
    boto3.client("scheduler").create_schedule(
        Name="far-off",
        GroupName=event["group"],
        ScheduleExpression="at(2099-01-01T00:00:00)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": event["target"], "RoleArn": event["role"]},
    )
    return {"scheduled": event["group"]}


def linger(_event: Any, _context: object) -> None:
    """Take longer than anybody waits."""
    time.sleep(60)


def note(event: dict[str, Any], _context: object) -> None:
    """Count how often an execution was told to have ended."""
    boto3.resource("dynamodb").Table(os.environ["TABLE"]).update_item(
        Key={"id": event["detail"]["name"]},
        UpdateExpression="ADD told :one SET ended = :status",
        ExpressionAttributeValues={":one": 1, ":status": event["detail"]["status"]},
    )


def count(event: dict[str, Any], _context: object) -> dict[str, int]:
    """Return how often it was called for that name."""
    table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
    answer = table.update_item(
        Key={"id": event["name"]},
        UpdateExpression="ADD calls :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    return {"calls": int(answer["Attributes"]["calls"])}


def remember(event: dict[str, str], _context: object) -> None:
    """Put the token down that ends the wait of the state that called."""
    boto3.resource("dynamodb").Table(os.environ["TABLE"]).put_item(
        Item={"id": "token", "token": event["token"]}
    )


def speak(event: dict[str, str], _context: object) -> dict[str, str]:
    """End the wait of the state whose token the event brings."""
    boto3.client("stepfunctions").send_task_success(taskToken=event["token"], output="{}")
    return {"ended": event["token"]}


def begin(event: dict[str, Any], _context: object) -> None:
    """Start the execution of a dropped object, once however often the event comes."""
    dropped = event["detail"]["object"]
    boto3.client("stepfunctions").start_execution(
        stateMachineArn=os.environ["MACHINE"],
        name=dropped["version-id"],
        input=json.dumps({"name": dropped["key"]}),
    )


def await_word(_event: Any, _context: object) -> None:
    """Put down `done` once the table says `go`."""
    table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
    while "Item" not in table.get_item(Key={"id": "go"}):
        time.sleep(0.05)
    table.put_item(Item={"id": "done"})
