"""Step Functions state machines."""

from typing import Any

from botocore.exceptions import ClientError

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, code_of, given, unless


def put_machine(aws: Aws, inputs: Inputs) -> Made:
    states, name = aws.client("stepfunctions"), inputs["name"]
    arn = aws.arn("states", f"stateMachine:{name}")
    body = {"definition": inputs["definition"], "roleArn": inputs["roleArn"]} | given(
        loggingConfiguration=_logging(inputs), tracingConfiguration=inputs.get("tracingConfiguration")
    )
    try:
        states.update_state_machine(stateMachineArn=arn, **body)
    except ClientError as error:
        if code_of(error) != "StateMachineDoesNotExist":
            raise
        states.create_state_machine(name=name, type=inputs.get("type") or "STANDARD", **body)
    return Made(arn, {"arn": arn, "status": "ACTIVE"})


def _logging(inputs: Inputs) -> dict[str, Any] | None:
    """Return the logging block as the API takes it: the provider has one destination, the API a list."""
    wanted = inputs.get("loggingConfiguration")
    if not wanted:
        return None
    made = given(level=wanted.get("level"), includeExecutionData=wanted.get("includeExecutionData"))
    if destination := wanted.get("logDestination"):
        made["destinations"] = [{"cloudWatchLogsLogGroup": {"logGroupArn": destination}}]
    return made


def delete_machine(aws: Aws, arn: str, _inputs: Inputs) -> None:
    with unless("StateMachineDoesNotExist"):
        aws.client("stepfunctions").delete_state_machine(stateMachineArn=arn)


KINDS = {
    "aws:sfn/stateMachine:StateMachine": Kind(
        put_machine, delete_machine, named_by="name", replaced_when=("type",)
    ),
}
