"""EventBridge: buses, rules, targets, and the HTTP endpoints among these."""

from typing import Any

from local.aws import Aws
from local.resources.iam import document
from local.resources.kinds import Inputs, Kind, Made, given, pascal, tag_list, unless

GONE = "ResourceNotFoundException"


def put_bus(aws: Aws, inputs: Inputs) -> Made:
    events, name = aws.client("events"), inputs["name"]
    with unless("ResourceAlreadyExistsException"):
        events.create_event_bus(Name=name, Tags=tag_list(inputs))
    return Made(name, {"arn": aws.arn("events", f"event-bus/{name}")})


def delete_bus(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("events").delete_event_bus(Name=name)


def put_bus_policy(aws: Aws, inputs: Inputs) -> Made:
    bus = inputs.get("eventBusName", "default")
    aws.client("events").put_permission(EventBusName=bus, Policy=document(inputs["policy"]))
    return Made(bus)


def delete_bus_policy(aws: Aws, bus: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("events").remove_permission(EventBusName=bus, RemoveAllPermissions=True)


def put_rule(aws: Aws, inputs: Inputs) -> Made:
    bus, name = _bus(inputs), inputs["name"]
    arn = aws.client("events").put_rule(
        Name=name,
        EventBusName=bus,
        State=inputs.get("state") or "ENABLED",
        **given(
            EventPattern=document(inputs["eventPattern"]) if inputs.get("eventPattern") else None,
            ScheduleExpression=inputs.get("scheduleExpression"),
            Description=inputs.get("description"),
            RoleArn=inputs.get("roleArn"),
            Tags=tag_list(inputs) or None,
        ),
    )["RuleArn"]
    return Made(name if bus == "default" else f"{bus}/{name}", {"arn": arn})


def delete_rule(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("events").delete_rule(Name=inputs["name"], EventBusName=_bus(inputs))


TARGET_BLOCKS = {
    "deadLetterConfig": "DeadLetterConfig",
    "retryPolicy": "RetryPolicy",
    "inputTransformer": "InputTransformer",
    "sqsTarget": "SqsParameters",
}


def put_target(aws: Aws, inputs: Inputs) -> Made:
    target: dict[str, Any] = {"Id": inputs["targetId"], "Arn": inputs["arn"]}
    target |= given(
        RoleArn=inputs.get("roleArn"), Input=inputs.get("input"), InputPath=inputs.get("inputPath")
    )
    for ours, theirs in TARGET_BLOCKS.items():
        if block := inputs.get(ours):
            target[theirs] = _block(ours, block)
    aws.client("events").put_targets(Rule=inputs["rule"], EventBusName=_bus(inputs), Targets=[target])
    return Made(f"{inputs['rule']}-{inputs['targetId']}")


def _block(name: str, block: Inputs) -> dict[str, Any]:
    if name == "inputTransformer":
        return given(InputTemplate=block["inputTemplate"], InputPathsMap=block.get("inputPaths"))
    return dict(pascal(block))


def delete_target(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("events").remove_targets(
            Rule=inputs["rule"], EventBusName=_bus(inputs), Ids=[inputs["targetId"]]
        )


def put_connection(aws: Aws, inputs: Inputs) -> Made:
    events, name, key = aws.client("events"), inputs["name"], inputs["authParameters"]["apiKey"]
    body = {
        "AuthorizationType": inputs["authorizationType"],
        "AuthParameters": {"ApiKeyAuthParameters": {"ApiKeyName": key["key"], "ApiKeyValue": key["value"]}},
    }
    try:
        arn = events.create_connection(Name=name, **body)["ConnectionArn"]
    except events.exceptions.ResourceAlreadyExistsException:
        arn = events.update_connection(Name=name, **body)["ConnectionArn"]
    return Made(name, {"arn": arn})


def delete_connection(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("events").delete_connection(Name=name)


def put_destination(aws: Aws, inputs: Inputs) -> Made:
    events, name = aws.client("events"), inputs["name"]
    body = given(
        ConnectionArn=inputs["connectionArn"],
        InvocationEndpoint=inputs["invocationEndpoint"],
        HttpMethod=inputs["httpMethod"],
        InvocationRateLimitPerSecond=inputs.get("invocationRateLimitPerSecond"),
    )
    try:
        arn = events.create_api_destination(Name=name, **body)["ApiDestinationArn"]
    except events.exceptions.ResourceAlreadyExistsException:
        arn = events.update_api_destination(Name=name, **body)["ApiDestinationArn"]
    return Made(name, {"arn": arn})


def delete_destination(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("events").delete_api_destination(Name=name)


def _bus(inputs: Inputs) -> str:
    return inputs.get("eventBusName") or "default"


KINDS = {
    "aws:cloudwatch/eventBus:EventBus": Kind(put_bus, delete_bus, named_by="name"),
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": Kind(
        put_bus_policy, delete_bus_policy, replaced_when=("eventBusName",)
    ),
    "aws:cloudwatch/eventRule:EventRule": Kind(
        put_rule, delete_rule, named_by="name", replaced_when=("eventBusName",)
    ),
    "aws:cloudwatch/eventTarget:EventTarget": Kind(
        put_target, delete_target, named_by="targetId", replaced_when=("rule", "eventBusName")
    ),
    "aws:cloudwatch/eventConnection:EventConnection": Kind(
        put_connection, delete_connection, named_by="name"
    ),
    "aws:cloudwatch/eventApiDestination:EventApiDestination": Kind(
        put_destination, delete_destination, named_by="name"
    ),
}
