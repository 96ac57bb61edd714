"""A state machine as a `Workflow`."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import boto3

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class StepFunctionsWorkflow:
    def __init__(self, state_machine_arn: str, session: boto3.Session | None = None) -> None:
        self._arn = state_machine_arn
        self._client: SFNClient = (session or default_session()).client("stepfunctions", config=CONFIG)

    def start(self, name: str, payload: Mapping[str, Any]) -> str:
        with mapped_errors(f"execution {name} could not be started"):
            try:
                return self._client.start_execution(
                    stateMachineArn=self._arn, name=name, input=json.dumps(payload)
                )["executionArn"]
            except self._client.exceptions.ExecutionAlreadyExists:
                return self._arn.replace(":stateMachine:", ":execution:") + f":{name}"

    def cancel(self, execution_arn: str, *, reason: str) -> None:
        with mapped_errors("the execution could not be stopped"):
            self._client.stop_execution(executionArn=execution_arn, error="JobCanceled", cause=reason)
