"""A queue of finished analyses, what may fill it, and what the worker that empties it may do.

Configuration: `event_bus` and `results_bucket`, the outputs of the brandlens stack under these names.
"""

import json
from typing import Any

import pulumi
import pulumi_aws as aws

TRIES = 5
"""How often a message is handed out before it is a dead letter."""
VISIBILITY_SECONDS = 60
"""How long the worker has for one batch before others are handed its messages."""
KEPT_SECONDS = 14 * 24 * 3600
"""The longest that SQS keeps a message."""

config = pulumi.Config()


def policy(*statements: dict[str, Any]) -> pulumi.Output[str]:
    allowing = [{"Effect": "Allow", **statement} for statement in statements]
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": allowing})


rule = aws.cloudwatch.EventRule(
    "finished",
    description="Finished analyses, for a queue",
    event_bus_name=config.require("event_bus"),
    event_pattern=json.dumps({"source": ["brandlens"], "detail-type": ["Analysis Completed"]}),
)
dead_letters = aws.sqs.Queue("dead-letters", message_retention_seconds=KEPT_SECONDS)
queue = aws.sqs.Queue(
    "finished",
    message_retention_seconds=KEPT_SECONDS,
    visibility_timeout_seconds=VISIBILITY_SECONDS,
    redrive_policy=pulumi.Output.json_dumps(
        {"deadLetterTargetArn": dead_letters.arn, "maxReceiveCount": TRIES}
    ),
)
filled_by_the_rule = [
    aws.sqs.QueuePolicy(
        name,
        queue_url=filled.url,
        policy=policy(
            {
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": filled.arn,
                "Condition": {"ArnEquals": {"aws:SourceArn": rule.arn}},
            }
        ),
    )
    for name, filled in (("finished", queue), ("dead-letters", dead_letters))
]
aws.cloudwatch.EventTarget(
    "finished",
    rule=rule.name,
    event_bus_name=rule.event_bus_name,
    arn=queue.arn,
    dead_letter_config={"arn": dead_letters.arn},
    opts=pulumi.ResourceOptions(depends_on=filled_by_the_rule),
)
worker = aws.iam.Policy(
    "worker",
    description="What the worker needs: to empty the queue, and to read the rows of results",
    policy=policy(
        {"Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": queue.arn},
        {
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{config.require('results_bucket')}/*/exposures.csv",
        },
    ),
)

pulumi.export("queue_url", queue.url)
pulumi.export("dead_letters_url", dead_letters.url)
pulumi.export("worker_policy_arn", worker.arn)
