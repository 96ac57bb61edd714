"""What stops a model that nobody needs any longer."""

import pulumi
import pulumi_aws as aws

from infra.components.dead_letters import DeadLetters
from infra.components.event_route import EventRoute
from infra.components.function import Function
from infra.naming import Place
from infra.policies import allow, document, trust

SWEEP = "rate(5 minutes)"
"""Bounds how long a model idles past its grace time, whatever died before it could schedule the stop."""


class IdleStop(pulumi.ComponentResource):
    """Makes the group of one-time schedules, the role they call the stop function under, and the sweeper."""

    def __init__(
        self,
        place: Place,
        stop_function: Function,
        dead_letters: DeadLetters,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:IdleStop", "model-stops", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        name = place.name("model-stops")
        self.group = aws.scheduler.ScheduleGroup("model-stops", name=name, opts=child)
        self.role = aws.iam.Role(
            "model-stops",
            name=name,
            assume_role_policy=trust(
                "scheduler.amazonaws.com", when={"StringEquals": {"aws:SourceAccount": place.account}}
            ),
            opts=child,
        )
        aws.iam.RolePolicy(
            "model-stops",
            name="rights",
            role=self.role.name,
            policy=document(allow("lambda:InvokeFunction", on=place.function_arn("stop_idle_models"))),
            opts=child,
        )
        EventRoute(
            place,
            "sweep-models",
            stop_function,
            dead_letters,
            description="Models that run without a lease are stopped",
            schedule=SWEEP,
            opts=child,
        )
        self.register_outputs({"group": self.group.name, "role_arn": self.role.arn})
