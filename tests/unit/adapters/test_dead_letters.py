"""The queue of dead letters, and the functions, in an account in memory."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from brandlens.adapters.dead_letters import LambdaFunctions, SqsDeadLetters
from brandlens.dead_letters import redrive
from tests.fakes.dead_letters import FakeFunctions

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:brandlens-dev-ingest"
EVENT = {"detail-type": "Object Created", "name": "Zoë & Ünal"}


@pytest.fixture
def queue_url(session: boto3.Session) -> str:
    return str(session.client("sqs").create_queue(QueueName="brandlens-dev-dead-letters")["QueueUrl"])


@pytest.fixture
def queue(session: boto3.Session, queue_url: str) -> SqsDeadLetters:
    return SqsDeadLetters(queue_url, session)


def send(session: boto3.Session, url: str, count: int) -> None:
    """Leave events as EventBridge does."""
    attributes: Any = {
        "TARGET_ARN": ARN,
        "ERROR_CODE": "NO_PERMISSIONS",
        "RULE_ARN": "arn:aws:events:::rule/r",
    }
    for number in range(count):
        session.client("sqs").send_message(
            QueueUrl=url,
            MessageBody=json.dumps(EVENT | {"id": number}),
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
            },
        )


def left(session: boto3.Session, url: str) -> tuple[int, int]:
    """How many messages there are, and how many more are held."""
    names: Any = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    counts = session.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return int(counts[names[0]]), int(counts[names[1]])


def test_every_message_is_taken_once_and_is_there_again_when_put_back(
    session: boto3.Session, queue: SqsDeadLetters, queue_url: str
) -> None:
    send(session, queue_url, 23)
    before = datetime.now(UTC)
    taken = list(queue.take())

    assert len({message.id for message in taken}) == len(taken) == 23
    assert left(session, queue_url) == (0, 23)
    assert all(abs(message.sent_at - before) < timedelta(minutes=1) for message in taken)
    assert taken[0].attributes == {"TARGET_ARN": ARN, "ERROR_CODE": "NO_PERMISSIONS"}
    for message in taken:
        queue.put_back(message)
    assert left(session, queue_url) == (23, 0)


def test_a_redrive_delivers_each_and_empties_the_queue(
    session: boto3.Session, queue: SqsDeadLetters, queue_url: str
) -> None:
    send(session, queue_url, 12)
    functions = FakeFunctions()
    later = datetime.now(UTC) + timedelta(seconds=1)

    done = list(redrive(queue, functions, prefix="brandlens-dev-", before=later))

    assert [one.kept for one in done] == [None] * 12
    assert {arn for arn, _ in functions.delivered} == {ARN}
    assert sorted(event["id"] for _, event in functions.delivered) == list(range(12))
    assert left(session, queue_url) == (0, 0)


def test_what_just_came_stays_in_the_queue_for_others_to_see(
    session: boto3.Session, queue: SqsDeadLetters, queue_url: str
) -> None:
    send(session, queue_url, 2)
    earlier = datetime.now(UTC) - timedelta(minutes=1)

    assert list(redrive(queue, FakeFunctions(), prefix="brandlens-dev-", before=earlier)) == []
    assert left(session, queue_url) == (2, 0)


@pytest.fixture
def lambdas() -> Iterator[boto3.Session]:
    with mock_aws(config={"lambda": {"use_docker": False}}):
        yield boto3.Session("key", "secret", region_name="eu-west-1")


def test_a_function_gets_its_event_without_being_waited_for(lambdas: boto3.Session) -> None:
    asked: list[Any] = []
    lambdas.events.register(
        "provide-client-params.lambda.Invoke", lambda params, **_: asked.append(dict(params))
    )

    LambdaFunctions(lambdas).deliver(ARN, EVENT)

    (one,) = asked
    assert (one["FunctionName"], one["InvocationType"]) == (ARN, "Event")
    assert json.loads(one["Payload"]) == EVENT
