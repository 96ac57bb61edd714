"""EventBridge Scheduler: groups and schedules."""

from typing import Any

from botocore.exceptions import ClientError

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, code_of, given, pascal, unless

GONE = "ResourceNotFoundException"


def put_group(aws: Aws, inputs: Inputs) -> Made:
    name = inputs["name"]
    with unless("ConflictException"):
        aws.client("scheduler").create_schedule_group(Name=name)
    return Made(name, {"arn": aws.arn("scheduler", f"schedule-group/{name}")})


def delete_group(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("scheduler").delete_schedule_group(Name=name)


def put_schedule(aws: Aws, inputs: Inputs) -> Made:
    client = aws.client("scheduler")
    name, group = inputs["name"], inputs.get("groupName") or "default"
    wanted: dict[str, Any] = {
        "Name": name,
        "GroupName": group,
        "ScheduleExpression": inputs["scheduleExpression"],
        "FlexibleTimeWindow": pascal(inputs["flexibleTimeWindow"]),
        "Target": pascal(inputs["target"]),
    } | given(State=inputs.get("state"), Description=inputs.get("description"))
    try:
        client.update_schedule(**wanted)
    except ClientError as error:
        if code_of(error) != GONE:
            raise
        client.create_schedule(**wanted)
    return Made(f"{group}/{name}", {"arn": aws.arn("scheduler", f"schedule/{group}/{name}")})


def delete_schedule(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("scheduler").delete_schedule(
            Name=inputs["name"], GroupName=inputs.get("groupName") or "default"
        )


KINDS = {
    "aws:scheduler/scheduleGroup:ScheduleGroup": Kind(put_group, delete_group, named_by="name"),
    "aws:scheduler/schedule:Schedule": Kind(
        put_schedule, delete_schedule, named_by="name", replaced_when=("groupName",)
    ),
}
