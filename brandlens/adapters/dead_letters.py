"""The queue of events that were given up on, and the functions that they were for."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors
from brandlens.dead_letters import ATTRIBUTES, Message

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

HELD_SECONDS = 60
"""How long a message that was read is kept from others, should its reader die."""

_LOOK_SECONDS = 1
"""Any wait makes SQS ask all its servers, not a sample of them: what is there is found."""


class SqsDeadLetters:
    """A `DeadLetterQueue`."""

    def __init__(self, url: str, session: boto3.Session | None = None) -> None:
        self._url = url
        self._client: SQSClient = (session or default_session()).client("sqs", config=CONFIG)

    def take(self) -> Iterator[Message]:
        seen: set[str] = set()
        while batch := [message for message in self._receive() if message.id not in seen]:
            seen |= {message.id for message in batch}
            yield from batch

    def _receive(self) -> list[Message]:
        with mapped_errors("the dead letters could not be read"):
            answer = self._client.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=10,
                VisibilityTimeout=HELD_SECONDS,
                WaitTimeSeconds=_LOOK_SECONDS,
                MessageAttributeNames=list(ATTRIBUTES),
                MessageSystemAttributeNames=["SentTimestamp"],
            )
        return [_message(each) for each in answer.get("Messages", [])]

    def put_back(self, message: Message) -> None:
        with mapped_errors(f"message {message.id} could not be put back"):
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=message.receipt, VisibilityTimeout=0
            )

    def delete(self, message: Message) -> None:
        with mapped_errors(f"message {message.id} could not be deleted"):
            self._client.delete_message(QueueUrl=self._url, ReceiptHandle=message.receipt)


class LambdaFunctions:
    """`Functions` of AWS Lambda."""

    def __init__(self, session: boto3.Session | None = None) -> None:
        self._client: LambdaClient = (session or default_session()).client("lambda", config=CONFIG)

    def deliver(self, function_arn: str, event: Mapping[str, Any]) -> None:
        with mapped_errors(f"the event could not be delivered to {function_arn}"):
            self._client.invoke(
                FunctionName=function_arn, InvocationType="Event", Payload=json.dumps(event).encode()
            )


def _message(received: "MessageTypeDef") -> Message:
    attributes = received.get("MessageAttributes", {})
    return Message(
        id=received["MessageId"],
        receipt=received["ReceiptHandle"],
        body=received["Body"],
        attributes={name: each["StringValue"] for name, each in attributes.items() if "StringValue" in each},
        sent_at=datetime.fromtimestamp(int(received["Attributes"]["SentTimestamp"]) / 1000, UTC),
    )
