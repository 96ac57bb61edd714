"""What records the end of an execution that could not record it itself."""

import pulumi

from infra.components.dead_letters import DeadLetters
from infra.components.event_route import EventRoute
from infra.components.function import Function
from infra.event_patterns import failed_executions
from infra.naming import Place


class FailureWatch(pulumi.ComponentResource):
    """Makes the way of executions that failed, timed out or were aborted to `record_failure`."""

    def __init__(
        self,
        place: Place,
        function: Function,
        dead_letters: DeadLetters,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:FailureWatch", "failed-executions", None, opts)
        EventRoute(
            place,
            "failed-executions",
            function,
            dead_letters,
            description="Every analysis or training that ends without success is recorded as failed",
            pattern=failed_executions(
                place.state_machine_arn("analysis"), place.state_machine_arn("training")
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
