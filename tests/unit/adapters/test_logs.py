import json
from datetime import timedelta

import boto3
import pytest

from brandlens.adapters.logs import EventLog
from brandlens.errors import NotFound
from tests.jobs import NOW

GROUP = "/aws/events/brandlens-test-results"


def _log(session: boto3.Session, *identities: str) -> None:
    logs = session.client("logs")
    if not logs.describe_log_groups(logGroupNamePrefix=GROUP)["logGroups"]:
        logs.create_log_group(logGroupName=GROUP)
        logs.create_log_stream(logGroupName=GROUP, logStreamName="one")
    millis = int(NOW.timestamp() * 1000)
    entries = [{"timestamp": millis, "message": json.dumps({"id": identity})} for identity in identities]
    logs.put_log_events(logGroupName=GROUP, logStreamName="one", logEvents=entries)


def test_every_event_is_told_once_however_often_the_log_is_read(session: boto3.Session) -> None:
    _log(session, "a", "b")
    log = EventLog(GROUP, session)
    assert [event["id"] for event in log.since(NOW)] == ["a", "b"]
    _log(session, "c")
    assert [event["id"] for event in log.since(NOW)] == ["c"]


def test_events_from_before_the_start_are_left_out(session: boto3.Session) -> None:
    _log(session, "a")
    assert list(EventLog(GROUP, session).since(NOW + timedelta(seconds=1))) == []


def test_a_log_group_that_is_not_there_is_named(session: boto3.Session) -> None:
    with pytest.raises(NotFound, match=GROUP):
        list(EventLog(GROUP, session).since(NOW))
