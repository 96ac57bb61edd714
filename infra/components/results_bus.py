"""The bus that consumers subscribe to, and the log of what was published on it."""

import json

import pulumi
import pulumi_aws as aws

from infra.event_patterns import published_events
from infra.naming import Place
from infra.policies import Statement, document
from infra.settings import Settings

_WRITERS = ("events.amazonaws.com", "delivery.logs.amazonaws.com")


class ResultsBus(pulumi.ComponentResource):
    """Makes the bus, the log group of its events, the rule that fills it, the leave EventBridge needs for
    that, and the archive that events can be replayed from."""

    def __init__(self, place: Place, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("brandlens:infra:ResultsBus", "results-bus", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        name = place.name("results")
        rule_name = place.name("log-results")
        self.bus = aws.cloudwatch.EventBus("results", name=name, opts=child)
        self.log_group = aws.cloudwatch.LogGroup(
            "results-events",
            name=place.events_log_group,
            retention_in_days=settings.retention_days,
            opts=child,
        )
        streams = place.log_group_arn(place.events_log_group)
        leave = aws.cloudwatch.LogResourcePolicy(
            "results-events",
            policy_name=place.name("events-to-logs"),
            policy_document=document(
                Statement(("logs:CreateLogStream",), (streams,), services=_WRITERS),
                Statement(
                    ("logs:PutLogEvents",),
                    (streams,),
                    services=_WRITERS,
                    conditions={
                        "ArnEquals": {"aws:SourceArn": place.arn("events", f"rule/{name}/{rule_name}")}
                    },
                ),
            ),
            opts=child,
        )
        rule = aws.cloudwatch.EventRule(
            "log-results",
            name=rule_name,
            description="Every event that brandlens publishes is logged",
            event_bus_name=self.bus.name,
            event_pattern=json.dumps(published_events()),
            opts=child,
        )
        aws.cloudwatch.EventTarget(
            "log-results",
            rule=rule.name,
            event_bus_name=self.bus.name,
            arn=self.log_group.arn,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[leave]),
        )
        aws.cloudwatch.EventArchive(
            "results",
            name=name,
            description="Every event that brandlens published, to be replayed",
            event_source_arn=self.bus.arn,
            event_pattern=json.dumps(published_events()),
            retention_days=settings.retention_days,
            opts=child,
        )
        self.register_outputs({"name": self.bus.name, "log_group": self.log_group.name})
