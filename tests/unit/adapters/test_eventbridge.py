import json
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.errors import ServiceUnavailable, Throttled
from brandlens.events import AnalysisStarted
from tests.jobs import NOW, job

JOB = job()
EVENT = AnalysisStarted(job_id=JOB.job_id, project="cup", source=JOB.source, occurred_at=NOW)


def test_an_event_arrives_with_its_type_its_source_and_its_detail(session: boto3.Session) -> None:
    events, sqs = session.client("events"), session.client("sqs")
    events.create_event_bus(Name="results")
    queue = sqs.create_queue(QueueName="seen")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="all", EventBusName="results", EventPattern='{"source": ["brandlens"]}')
    events.put_targets(Rule="all", EventBusName="results", Targets=[{"Id": "seen", "Arn": arn}])

    EventBridgeBus("results", session).publish(EVENT)

    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    arrived: dict[str, Any] = json.loads(message["Body"])
    assert (arrived["detail-type"], arrived["source"]) == ("Analysis Started", "brandlens")
    assert AnalysisStarted.model_validate(arrived["detail"]) == EVENT


@pytest.mark.parametrize(
    ("code", "leaf"), [("ThrottlingException", Throttled), ("InternalFailure", ServiceUnavailable)]
)
def test_an_event_the_bus_did_not_take_is_an_error_although_the_call_succeeds(
    session: boto3.Session, code: str, leaf: type[Exception]
) -> None:
    bus = EventBridgeBus("results", session)
    with Stubber(bus._client) as stub:
        stub.add_response(
            "put_events",
            {"FailedEntryCount": 1, "Entries": [{"ErrorCode": code, "ErrorMessage": "not now"}]},
        )
        with pytest.raises(leaf, match="not now"):
            bus.publish(EVENT)
