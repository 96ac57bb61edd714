"""Posts a message to a chat for every finished analysis; no code runs for it but EventBridge's own.

Configuration: `event_bus`, the output of the brandlens stack under this name; `url` and `channel` of the
chat; `authorization`, a secret, the header by which the chat knows the sender.
"""

import json
from typing import Any

import pulumi
import pulumi_aws as aws
from message import PATHS, template
from pulumi.runtime.config import is_config_secret

MESSAGES_PER_SECOND = 1
"""As many as Slack takes for one channel; EventBridge holds back the others."""

config = pulumi.Config()
if not is_config_secret(config.full_key("authorization")):
    raise pulumi.RunError(
        "authorization is missing or set in plain text. Type: pulumi config set --secret authorization VALUE"
    )


def policy(*statements: dict[str, Any]) -> pulumi.Output[str]:
    allowing = [{"Effect": "Allow", **statement} for statement in statements]
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": allowing})


rule = aws.cloudwatch.EventRule(
    "finished",
    description="Finished analyses, for a chat",
    event_bus_name=config.require("event_bus"),
    event_pattern=json.dumps({"source": ["brandlens"], "detail-type": ["Analysis Completed"]}),
)
connection = aws.cloudwatch.EventConnection(
    "chat",
    authorization_type="API_KEY",
    auth_parameters={"api_key": {"key": "Authorization", "value": config.require_secret("authorization")}},
)
chat = aws.cloudwatch.EventApiDestination(
    "chat",
    connection_arn=connection.arn,
    invocation_endpoint=config.require("url"),
    http_method="POST",
    invocation_rate_limit_per_second=MESSAGES_PER_SECOND,
)
dead_letters = aws.sqs.Queue("dead-letters", message_retention_seconds=14 * 24 * 3600)
filled_by_the_rule = aws.sqs.QueuePolicy(
    "dead-letters",
    queue_url=dead_letters.url,
    policy=policy(
        {
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": dead_letters.arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": rule.arn}},
        }
    ),
)
caller = aws.iam.Role(
    "caller",
    assume_role_policy=policy({"Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}),
)
may_call = aws.iam.RolePolicy(
    "caller",
    role=caller.name,
    policy=policy({"Action": "events:InvokeApiDestination", "Resource": chat.arn}),
)
aws.cloudwatch.EventTarget(
    "chat",
    rule=rule.name,
    event_bus_name=rule.event_bus_name,
    arn=chat.arn,
    role_arn=caller.arn,
    input_transformer={
        "input_paths": PATHS,
        "input_template": template(config.require("channel")),
    },
    dead_letter_config={"arn": dead_letters.arn},
    opts=pulumi.ResourceOptions(depends_on=[filled_by_the_rule, may_call]),
)

pulumi.export("dead_letters_url", dead_letters.url)
