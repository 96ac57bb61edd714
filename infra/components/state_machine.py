"""One state machine, from its template."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from infra import asl, machines
from infra.grants import use_key
from infra.naming import Place
from infra.policies import document, trust
from infra.settings import Settings


class StateMachine(pulumi.ComponentResource):
    """Makes the role with its policy, the log group and the machine.

    `definition` is the machine's filled template, `calls` are the template's markers, and `after` is what the
    machine calls.
    """

    def __init__(
        self,
        place: Place,
        settings: Settings,
        machine: str,
        definition: Mapping[str, Any],
        calls: frozenset[str],
        after: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:StateMachine", machine, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        name = place.name(machine)
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
                    calls,
                    distributed=asl.has_distributed_map(definition),
                    reads_items=asl.reads_items(definition),
                ),
                *(use_key(place, settings.kms) if asl.reads_items(definition) else ()),
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
