"""The way of an event, or of the clock, to a function."""

import json
from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

from infra.components.dead_letters import DeadLetters
from infra.components.function import Function
from infra.naming import Place

DELIVERY_ATTEMPTS = 185
DELIVERY_SECONDS = 24 * 3600
"""EventBridge's own limits, written down: an event is offered for a day before it is a dead letter."""


class EventRoute(pulumi.ComponentResource):
    """Makes a rule on the default bus, its target with retries and dead letters, and leave to call it.

    Give `pattern` for events or `schedule` for the clock, such as `rate(5 minutes)`.
    """

    def __init__(
        self,
        place: Place,
        route: str,
        function: Function,
        dead_letters: DeadLetters,
        *,
        description: str,
        pattern: Mapping[str, Any] | None = None,
        schedule: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:EventRoute", route, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        rule = aws.cloudwatch.EventRule(
            route,
            name=place.name(route),
            description=description,
            event_pattern=json.dumps(pattern) if pattern else None,
            schedule_expression=schedule,
            opts=child,
        )
        leave = aws.lambda_.Permission(
            route,
            action="lambda:InvokeFunction",
            function=function.function.name,
            principal="events.amazonaws.com",
            source_arn=rule.arn,
            opts=child,
        )
        aws.cloudwatch.EventTarget(
            route,
            rule=rule.name,
            arn=function.arn,
            retry_policy=aws.cloudwatch.EventTargetRetryPolicyArgs(
                maximum_retry_attempts=DELIVERY_ATTEMPTS, maximum_event_age_in_seconds=DELIVERY_SECONDS
            ),
            dead_letter_config=aws.cloudwatch.EventTargetDeadLetterConfigArgs(arn=dead_letters.queue.arn),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[leave]),
        )
        self.register_outputs({"rule": rule.arn})
