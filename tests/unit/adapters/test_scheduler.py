import json
from datetime import timedelta

import boto3
import pytest

from brandlens.adapters.scheduler import SchedulerStops
from tests.jobs import MODEL, NOW

FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:brandlens-dev-stop_idle_models"
ROLE = "arn:aws:iam::123456789012:role/brandlens-dev-model-stops"


@pytest.fixture
def stops(session: boto3.Session) -> SchedulerStops:
    session.client("scheduler").create_schedule_group(Name="model-stops")
    return SchedulerStops(group="model-stops", role_arn=ROLE, function_arn=FUNCTION, session=session)


def test_a_stop_is_scheduled_once_rounded_up_to_the_second(
    session: boto3.Session, stops: SchedulerStops
) -> None:
    stops.schedule(MODEL.arn, NOW)
    client = session.client("scheduler")
    (listed,) = client.list_schedules(GroupName="model-stops")["Schedules"]
    schedule = client.get_schedule(GroupName="model-stops", Name=listed["Name"])
    assert schedule["ScheduleExpression"] == "at(2026-11-22T12:00:01)"
    assert schedule["ActionAfterCompletion"] == "DELETE"
    assert (schedule["Target"]["Arn"], schedule["Target"]["RoleArn"]) == (FUNCTION, ROLE)
    assert json.loads(schedule["Target"]["Input"]) == {"model_arn": MODEL.arn}


def test_a_later_stop_of_the_same_model_replaces_the_earlier(
    session: boto3.Session, stops: SchedulerStops
) -> None:
    stops.schedule(MODEL.arn, NOW)
    stops.schedule(MODEL.arn, NOW + timedelta(minutes=5))
    client = session.client("scheduler")
    (listed,) = client.list_schedules(GroupName="model-stops")["Schedules"]
    schedule = client.get_schedule(GroupName="model-stops", Name=listed["Name"])
    assert schedule["ScheduleExpression"] == "at(2026-11-22T12:05:01)"


def test_models_are_stopped_apart(session: boto3.Session, stops: SchedulerStops) -> None:
    stops.schedule(MODEL.arn, NOW)
    stops.schedule(MODEL.arn + "0", NOW)
    assert len(session.client("scheduler").list_schedules(GroupName="model-stops")["Schedules"]) == 2
