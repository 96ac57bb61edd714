"""One state machine, from its template."""

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from infra import asl, machines
from infra.naming import Place
from infra.policies import document, trust
from infra.settings import Settings


class StateMachine(pulumi.ComponentResource):
    """Makes the role with its policy, the log group and the machine, whose definition is the filled template.

    `after` is what the machine calls.
    """

    def __init__(
        self,
        place: Place,
        settings: Settings,
        machine: str,
        template: str,
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:StateMachine", machine, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        name = place.name(machine)
        named = asl.markers(template)
        values = machines.marker_values(place, settings)
        definition = asl.render(template, {marker: values[marker] for marker in named & values.keys()})
        log_group = aws.cloudwatch.LogGroup(
            machine,
            name=place.state_machine_log_group(machine),
            retention_in_days=settings.retention_days,
            opts=child,
        )
        role = aws.iam.Role(
            machine,
            name=f"{name}-machine",
            assume_role_policy=trust(
                "states.amazonaws.com", when={"StringEquals": {"aws:SourceAccount": place.account}}
            ),
            opts=child,
        )
        policy = aws.iam.RolePolicy(
            machine,
            name="rights",
            role=role.name,
            policy=document(
                *machines.rights(
                    place,
                    machine,
                    named,
                    distributed=asl.has_distributed_map(definition),
                    reads_items=asl.reads_items(definition),
                )
            ),
            opts=child,
        )
        self.machine = aws.sfn.StateMachine(
            machine,
            name=name,
            type="STANDARD",
            role_arn=role.arn,
            definition=json.dumps(definition),
            logging_configuration=aws.sfn.StateMachineLoggingConfigurationArgs(
                level="ERROR",
                include_execution_data=False,
                log_destination=log_group.arn.apply(lambda arn: f"{arn}:*"),
            ),
            tracing_configuration=aws.sfn.StateMachineTracingConfigurationArgs(enabled=True),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, *after]),
        )
        self.arn = self.machine.arn
        self.register_outputs({"arn": self.arn})
