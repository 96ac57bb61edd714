"""What consumers may rely on, where EventBridge's console shows it."""

import pulumi
import pulumi_aws as aws

from infra.event_contracts import contracts
from infra.naming import Place


class EventContracts(pulumi.ComponentResource):
    """Makes a registry and in it the schema of every published event."""

    def __init__(self, place: Place, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("brandlens:infra:EventContracts", "event-contracts", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        registry = aws.schemas.Registry(
            "results",
            name=place.name("results"),
            description="What brandlens publishes on the results bus",
            opts=child,
        )
        for name, content in contracts().items():
            aws.schemas.Schema(
                name,
                name=name,
                registry_name=registry.name,
                type="JSONSchemaDraft4",
                content=content,
                opts=child,
            )
        self.register_outputs({"registry": registry.name})
