"""What makes the drop folder start work."""

import pulumi
import pulumi_aws as aws

from infra.components.dead_letters import DeadLetters
from infra.components.event_route import EventRoute
from infra.components.function import Function
from infra.components.storage import Storage
from infra.event_patterns import dropped_objects
from infra.naming import Place


class Ingest(pulumi.ComponentResource):
    """Has the media bucket tell EventBridge of its objects, once those dropped have a way to the function."""

    def __init__(
        self,
        place: Place,
        storage: Storage,
        function: Function,
        dead_letters: DeadLetters,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:Ingest", "dropped-objects", None, opts)
        route = EventRoute(
            place,
            "dropped-objects",
            function,
            dead_letters,
            description="Every object dropped below inbox/ starts a job",
            pattern=dropped_objects(place.bucket("media")),
            opts=pulumi.ResourceOptions(parent=self),
        )
        aws.s3.BucketNotification(
            "dropped-objects",
            bucket=storage.media.name,
            eventbridge=True,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[route]),
        )
        self.register_outputs({})
