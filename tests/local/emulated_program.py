"""A Pulumi program with one of each thing that `test_emulated_aws.py` looks at."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from tests.local import sample

ACCOUNT = "000000000000"


def machine_arn(name: str) -> str:
    return f"arn:aws:states:eu-west-1:{ACCOUNT}:stateMachine:{name}"


def function_arn(name: str) -> str:
    return f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:{name}"


def everything() -> None:
    """One of each thing that a test below looks at."""
    anything = sample.policy(
        ["lambda:*", "states:*", "s3:*", "dynamodb:*", "sqs:*", "events:*"], Resource="*"
    )
    role = aws.iam.Role("worker", name="worker", assume_role_policy=sample.trust("lambda.amazonaws.com"))
    rights = aws.iam.RolePolicy("worker", name="rights", role=role.name, policy=anything)
    idle = aws.iam.Role("idle", name="idle", assume_role_policy=sample.trust("lambda.amazonaws.com"))
    reader = aws.iam.Role("reader", name="reader", assume_role_policy=sample.trust("lambda.amazonaws.com"))
    inbox = sample.policy("s3:GetObject", Resource=["arn:aws:s3:::emulated-media/inbox/*/?.jpg"])
    aws.iam.RolePolicy("reader", name="rights", role=reader.name, policy=inbox)
    sample.function("read", reader)
    states = aws.iam.Role("states", name="states", assume_role_policy=sample.trust("states.amazonaws.com"))
    aws.iam.RolePolicy("states", name="rights", role=states.name, policy=anything)
    clock = aws.iam.Role("clock", name="clock", assume_role_policy=sample.trust("scheduler.amazonaws.com"))
    aws.iam.RolePolicy("clock", name="rights", role=clock.name, policy=anything)

    speaker = aws.iam.Role("speaker", name="speaker", assume_role_policy=sample.trust("lambda.amazonaws.com"))
    speech = sample.policy("states:SendTaskSuccess", Resource=[machine_arn("hearing")])
    aws.iam.RolePolicy("speaker", name="rights", role=speaker.name, policy=speech)
    sample.function("speak", speaker)

    stops = aws.iam.Role("stops", name="stops", assume_role_policy=sample.trust("lambda.amazonaws.com"))
    aws.iam.RolePolicy("stops", name="rights", role=stops.name, policy=may_schedule_in("stops"))
    aws.scheduler.ScheduleGroup("stops", name="stops")
    sample.function("schedule", stops)

    bucket = aws.s3.Bucket("media", bucket="emulated-media")
    aws.s3.BucketVersioning("media", bucket=bucket.bucket, versioning_configuration={"status": "Enabled"})
    aws.s3.BucketNotification("media", bucket=bucket.bucket, eventbridge=True)
    tls_only = sample.policy(
        "s3:*",
        Effect="Deny",
        Principal="*",
        Resource=["arn:aws:s3:::emulated-media/*"],
        Condition={"Bool": {"aws:SecureTransport": "false"}},
    )
    aws.s3.BucketPolicy("media", bucket=bucket.bucket, policy=tls_only)
    aws.dynamodb.Table(
        "tries",
        name="tries",
        billing_mode="PAY_PER_REQUEST",
        hash_key="id",
        attributes=[{"name": name, "type": "S"} for name in ("id", "project", "at")],
        global_secondary_indexes=[
            {"name": "by-project", "hash_key": "project", "range_key": "at", "projection_type": "ALL"}
        ],
    )
    seen = aws.sqs.Queue("seen", name="seen")
    letters = aws.sqs.Queue("letters", name="letters")

    for name in ("echo", "settle", "refuse"):
        sample.function(name, role)
    for name in ("recover", "remember"):
        sample.function(name, role, variables={"TABLE": "tries"})
    sample.function("trespass", idle)
    for name in ("recover", "refuse"):
        aws.lambda_.FunctionEventInvokeConfig(
            name,
            function_name=name,
            maximum_retry_attempts=1,
            destination_config={"on_failure": {"destination": letters.arn}},
            opts=pulumi.ResourceOptions(depends_on=[rights]),
        )

    bus = aws.cloudwatch.EventBus("results", name="results")
    group = aws.cloudwatch.LogGroup("events", name="/aws/events/results")
    route("logged", group.arn, {"source": ["brandlens"]}, bus.name)
    for name in ("recover", "refuse"):
        route(name, function_arn(name), {"source": ["brandlens"], "detail-type": [name]}, bus.name)
    route("objects", seen.arn, {"source": ["aws.s3"], "detail-type": ["Object Created"]})
    route(
        "statuses",
        seen.arn,
        {"source": ["aws.states"], "detail": {"status": ["FAILED", "ABORTED", "TIMED_OUT"]}},
    )

    sample.machine("child", states, sample.definition(sample.task(function_arn("refuse"))))
    sample.machine("waiting", states, sample.definition({"Type": "Wait", "Seconds": 600, "End": True}))
    sample.machine(
        "short", states, sample.definition({"Type": "Wait", "Seconds": 15, "End": True}, TimeoutSeconds=1)
    )
    nested = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": True}
    for name, child in (("parent", "child"), ("long-parent", "waiting")):
        arguments = {"Parameters": {"StateMachineArn": machine_arn(child), "Input": {}}}
        sample.machine(name, states, sample.definition(nested | arguments))
    for name in ("hearing", "unheard"):
        sample.machine(name, states, sample.definition(waiting_for_a_token()))
    sample.machine("branches", states, branches_definition())
    sample.machine("batches", states, batches_definition())


def route(
    name: str, target: pulumi.Input[str], pattern: dict[str, Any], bus: pulumi.Input[str] | None = None
) -> None:
    rule = aws.cloudwatch.EventRule(name, name=name, event_pattern=json.dumps(pattern), event_bus_name=bus)
    aws.cloudwatch.EventTarget(name, rule=rule.name, arn=target, event_bus_name=bus)


def waiting_for_a_token() -> dict[str, Any]:
    given = {"FunctionName": function_arn("remember"), "Payload": {"token.$": "$$.Task.Token"}}
    return sample.task("arn:aws:states:::lambda:invoke.waitForTaskToken", Parameters=given)


def branches_definition() -> str:
    """Two branches that set a variable of one name, and a state after them that reads what was assigned."""
    branch = {
        "Type": "Pass",
        "Assign": {"mine": "{% $states.input.number + $outer %}"},
        "Next": "Tell",
    }
    tell = {"Type": "Pass", "Output": "{% $mine %}", "End": True}
    branches = [{"StartAt": "Set", "States": {"Set": branch, "Tell": tell}}] * 2
    states = {
        "Outer": {"Type": "Pass", "Assign": {"outer": 10, "mine": "untouched"}, "Next": "Both"},
        "Both": {
            "Type": "Parallel",
            "Arguments": {"number": 1},
            "Branches": branches,
            "Assign": {"sum": "{% $sum($states.result) %}"},
            "Output": {"results": "{% $states.result %}"},
            "Next": "Read",
        },
        "Read": {
            "Type": "Pass",
            "Output": {"sum": "{% $sum %}", "mine": "{% $mine %}", "results": "{% $states.input.results %}"},
            "End": True,
        },
    }
    return json.dumps({"QueryLanguage": "JSONata", "StartAt": "Outer", "States": states})


def may_schedule_in(group: str) -> str:
    """Return leave to make schedules in the group, and to give them the clock's role."""
    statements = [
        ("scheduler:CreateSchedule", f"arn:aws:scheduler:eu-west-1:{ACCOUNT}:schedule/{group}/*"),
        ("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/clock"),
    ]
    allowed = [{"Effect": "Allow", "Action": action, "Resource": on} for action, on in statements]
    return json.dumps({"Version": "2012-10-17", "Statement": allowed})


def batches_definition() -> str:
    """A Distributed Map over the objects below a prefix that the input names, two in a batch, in JSONata."""
    return sample.definition(
        {
            "Type": "Map",
            "ItemReader": {
                "Resource": "arn:aws:states:::s3:listObjectsV2",
                "Arguments": {"Bucket": "emulated-media", "Prefix": "{% $states.input.prefix %}"},
            },
            "ItemSelector": {"key": "{% $states.context.Map.Item.Value.Key %}"},
            "ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"factor": "{% $states.input.factor %}"}},
            "MaxConcurrency": "{% $states.input.factor %}",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                "StartAt": "Settle",
                "States": {
                    "Settle": {
                        "Type": "Task",
                        "Resource": "arn:aws:states:::lambda:invoke",
                        "Arguments": {
                            "FunctionName": function_arn("settle"),
                            "Payload": "{% $states.input %}",
                        },
                        "Output": "{% $states.result.Payload %}",
                        "End": True,
                    }
                },
            },
            "Output": {"settled": "{% $states.result %}"},
            "End": True,
        },
        QueryLanguage="JSONata",
    )
