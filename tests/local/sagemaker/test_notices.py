"""Telling people that there is something to label."""

import json
from typing import Any

import pytest

from tests.local import beside_emulator
from tests.local.sagemaker.requests import Labeling, unique


@pytest.fixture
def topic(emulator: str) -> str:
    arn: str = beside_emulator.client("sns", emulator).create_topic(Name=unique("notices"))["TopicArn"]
    return arn


@pytest.fixture
def told(emulator: str, topic: str) -> Any:
    """What subscribers of the topic have received."""
    sqs = beside_emulator.client("sqs", emulator)
    url = sqs.create_queue(QueueName=unique("told"))["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    publishes = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [publishes]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    beside_emulator.client("sns", emulator).subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    def received() -> list[str]:
        held = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=2)
        return [json.loads(message["Body"])["Message"] for message in held.get("Messages", [])]

    return received


def test_a_team_is_told_once_that_a_job_is_there_and_where(labeling: Labeling, topic: str, told: Any) -> None:
    team = labeling.make_team(unique("told"), NotificationConfiguration={"NotificationTopicArn": topic})

    labeling.open("BoundingBox", labeling.images(1), WorkteamArn=team)

    (message,) = told()
    assert message.startswith("Box the logos: ")
    assert message.endswith(labeling.url)


def test_a_team_that_cannot_be_told_labels_all_the_same(
    labeling: Labeling, emulator: str, topic: str
) -> None:
    team = labeling.make_team(unique("told"), NotificationConfiguration={"NotificationTopicArn": topic})
    beside_emulator.client("sns", emulator).delete_topic(TopicArn=topic)

    labeling.open("BoundingBox", labeling.images(1), WorkteamArn=team)
