"""A sweep of idle models takes the gauges that alarms watch, under the function's own role."""

import json
from typing import Any

import pytest

from brandlens.gauges import GaugeName
from local.cloud import LocalCloud
from tests.e2e.system import System, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

SWEEPER = "brandlens-local-stop-idle-models"


@pytest.fixture(scope="module")
def untaught(cloud: LocalCloud) -> System:
    return System(cloud)


def gauges(system: System) -> dict[str, Any] | None:
    """What the last sweep wrote for CloudWatch to read, None before one has."""
    group = f"/aws/lambda/{SWEEPER}"
    events = system.aws("logs").filter_log_events(logGroupName=group)["events"]
    written = [json.loads(each["message"]) for each in events if '"_aws"' in each["message"]]
    return next((each for each in reversed(written) if GaugeName.MONTH_SPENT in each), None)


def test_a_sweep_takes_every_gauge_into_the_stacks_own_metrics(untaught: System) -> None:
    answer = untaught.aws("lambda").invoke(FunctionName=SWEEPER, Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()

    taken = eventually(lambda: gauges(untaught), lambda: "no gauge was taken")

    assert set(GaugeName) <= taken.keys()
    (described,) = taken["_aws"]["CloudWatchMetrics"]
    assert described["Namespace"] == "brandlens-local"
    assert taken["service"] == "stop_idle_models"


def test_the_alarms_and_the_dashboard_stand(untaught: System) -> None:
    cloudwatch = untaught.aws("cloudwatch")
    alarms = cloudwatch.describe_alarms(AlarmNamePrefix="brandlens-local-")["MetricAlarms"]

    assert {alarm["AlarmName"] for alarm in alarms} >= {
        "brandlens-local-failed-jobs",
        "brandlens-local-throttles",
    }
    assert {alarm["Namespace"] for alarm in alarms if alarm.get("MetricName") in set(GaugeName)} == {
        "brandlens-local"
    }
    shown = cloudwatch.get_dashboard(DashboardName="brandlens-local-operations")
    assert json.loads(shown["DashboardBody"])["widgets"]
