import json

import boto3
import pytest

from brandlens.adapters.stepfunctions import StepFunctionsWorkflow
from brandlens.errors import NotFound

DEFINITION = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 60, "End": True}}}


@pytest.fixture
def machine_arn(session: boto3.Session) -> str:
    return session.client("stepfunctions").create_state_machine(
        name="analysis", definition=json.dumps(DEFINITION), roleArn="arn:aws:iam::123456789012:role/machine"
    )["stateMachineArn"]


def test_an_execution_bears_the_name_and_the_input_it_is_given(
    session: boto3.Session, machine_arn: str
) -> None:
    arn = StepFunctionsWorkflow(machine_arn, session).start("job-1", {"job": {"project": "Käse"}})
    described = session.client("stepfunctions").describe_execution(executionArn=arn)
    assert described["name"] == "job-1"
    assert json.loads(described["input"]) == {"job": {"project": "Käse"}}


def test_starting_what_has_started_gives_the_same_execution(session: boto3.Session, machine_arn: str) -> None:
    workflow = StepFunctionsWorkflow(machine_arn, session)
    first = workflow.start("job-1", {"attempt": 1})
    assert workflow.start("job-1", {"attempt": 2}) == first
    listed = session.client("stepfunctions").list_executions(stateMachineArn=machine_arn)["executions"]
    assert [execution["executionArn"] for execution in listed] == [first]


def test_a_canceled_execution_is_aborted(session: boto3.Session, machine_arn: str) -> None:
    workflow = StepFunctionsWorkflow(machine_arn, session)
    arn = workflow.start("job-1", {})
    workflow.cancel(arn, reason="somebody asked for it")
    assert session.client("stepfunctions").describe_execution(executionArn=arn)["status"] == "ABORTED"


def test_a_machine_that_is_not_there_is_not_found(session: boto3.Session, machine_arn: str) -> None:
    with pytest.raises(NotFound, match="StateMachineDoesNotExist"):
        StepFunctionsWorkflow(machine_arn + "x", session).start("job-1", {})
