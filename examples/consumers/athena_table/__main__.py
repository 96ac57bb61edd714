"""A table of every appearance of every brand, for SQL in Athena, and a query to begin with.

Configuration: `event_bus` and `results_bucket`, the outputs of the brandlens stack under these names;
`projects`, a list of those whose results are collected; `since`, the table's first day as YYYY-MM-DD.
"""

import json
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
from collecting import FOLDER, definition
from table import COLUMNS, INPUT_FORMAT, OUTPUT_FORMAT, SERDE, properties

ANSWERS = "answers/"
ANSWERS_KEPT_DAYS = 30

config = pulumi.Config()
projects: list[str] = config.require_object("projects")


def policy(*statements: dict[str, Any]) -> pulumi.Output[str]:
    allowing = [{"Effect": "Allow", **statement} for statement in statements]
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": allowing})


def role(name: str, service: str, *statements: dict[str, Any]) -> aws.iam.Role:
    """Make a role that `service` may take, with these rights."""
    made = aws.iam.Role(
        name,
        assume_role_policy=policy({"Principal": {"Service": service}, "Action": "sts:AssumeRole"}),
    )
    aws.iam.RolePolicy(name, role=made.name, policy=policy(*statements))
    return made


# Copies only, which can be made anew from the results: the bucket goes with the stack.
bucket = aws.s3.Bucket("exposures", force_destroy=True)
aws.s3.BucketLifecycleConfiguration(
    "exposures",
    bucket=bucket.bucket,
    rules=[
        {
            "id": "drop-old-answers",
            "status": "Enabled",
            "filter": {"prefix": ANSWERS},
            "expiration": {"days": ANSWERS_KEPT_DAYS},
        }
    ],
)

collector = role(
    "collector",
    "states.amazonaws.com",
    {
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{config.require('results_bucket')}/*/exposures.csv",
    },
    {"Action": "s3:PutObject", "Resource": pulumi.Output.concat(bucket.arn, "/", FOLDER, "*")},
)
machine = aws.sfn.StateMachine(
    "collect",
    role_arn=collector.arn,
    definition=pulumi.Output.json_dumps(bucket.bucket.apply(definition)),
)
starter = role(
    "starter", "events.amazonaws.com", {"Action": "states:StartExecution", "Resource": machine.arn}
)
rule = aws.cloudwatch.EventRule(
    "finished",
    description="Finished analyses, for a table",
    event_bus_name=config.require("event_bus"),
    event_pattern=json.dumps(
        {
            "source": ["brandlens"],
            "detail-type": ["Analysis Completed"],
            "detail": {"project": projects},
        }
    ),
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
aws.cloudwatch.EventTarget(
    "collect",
    rule=rule.name,
    event_bus_name=rule.event_bus_name,
    arn=machine.arn,
    role_arn=starter.arn,
    dead_letter_config={"arn": dead_letters.arn},
    opts=pulumi.ResourceOptions(depends_on=[filled_by_the_rule]),
)

location = pulumi.Output.concat("s3://", bucket.bucket, "/", FOLDER)
database = aws.glue.CatalogDatabase("brandlens", name=f"brandlens_{pulumi.get_stack().replace('-', '_')}")
table = aws.glue.CatalogTable(
    "exposures",
    name="exposures",
    database_name=database.name,
    table_type="EXTERNAL_TABLE",
    parameters=location.apply(lambda uri: properties(uri, projects, config.require("since"))),
    partition_keys=[{"name": "project", "type": "string"}, {"name": "day", "type": "date"}],
    storage_descriptor={
        "location": location,
        "columns": [{"name": column, "type": "string"} for column in COLUMNS],
        "input_format": INPUT_FORMAT,
        "output_format": OUTPUT_FORMAT,
        "ser_de_info": {"serialization_library": SERDE, "parameters": {"separatorChar": ","}},
    },
)
workgroup = aws.athena.Workgroup(
    "brandlens",
    force_destroy=True,
    configuration={
        "result_configuration": {
            "output_location": pulumi.Output.concat("s3://", bucket.bucket, "/", ANSWERS)
        }
    },
)
query = aws.athena.NamedQuery(
    "seconds-on-screen",
    description="How long each brand was on screen in the last month",
    workgroup=workgroup.name,
    database=database.name,
    query=Path(__file__).with_name("seconds_on_screen.sql").read_text("utf-8"),
    opts=pulumi.ResourceOptions(depends_on=[table]),
)

pulumi.export("bucket", bucket.bucket)
pulumi.export("database", database.name)
pulumi.export("workgroup", workgroup.name)
pulumi.export("named_query_id", query.id)
pulumi.export("dead_letters_url", dead_letters.url)
