"""Alarms, dashboards, counted logs, subscriptions and archives: made, changed and removed."""

import json
from collections.abc import Iterator
from typing import Any

import pulumi_aws as aws
import pytest

from local import cloud as local_cloud
from local.cloud import LocalCloud
from local.home import Home
from tests.cloud import client, private_home
from tests.local import sample

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("sample-cloud")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = private_home(tmp_path_factory.mktemp("monitoring"))
    yield home
    local_cloud.reset(home=home)


def monitored(threshold: float = 3, days: int = 7, email: str = "ops@example.com") -> None:
    group = aws.cloudwatch.LogGroup("events", name="events")
    topic = aws.sns.Topic("alarms", name="alarms")
    aws.sns.TopicSubscription("alarms", topic=topic.arn, protocol="email", endpoint=email)
    aws.cloudwatch.LogMetricFilter(
        "failed",
        name="failed",
        log_group_name=group.name,
        pattern='{ $.detail.state = "FAILED" }',
        metric_transformation={"name": "Failed", "namespace": "sample", "value": "1", "default_value": "0"},
    )
    aws.cloudwatch.MetricAlarm(
        "failed",
        name="failed",
        namespace="sample",
        metric_name="Failed",
        statistic="Sum",
        period=300,
        dimensions={"service": "sweeper"},
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=threshold,
        evaluation_periods=2,
        treat_missing_data="breaching",
        alarm_actions=[topic.arn],
    )
    aws.cloudwatch.MetricAlarm(
        "throttles",
        name="throttles",
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=1,
        evaluation_periods=1,
        metric_queries=[
            {
                "id": "m0",
                "metric": {
                    "namespace": "AWS/Lambda", "metric_name": "Throttles", "period": 300, "stat": "Sum"
                },
            },
            {"id": "total", "expression": "FILL(m0,0)", "return_data": True},
        ],
    )  # fmt: skip
    aws.cloudwatch.Dashboard("all", dashboard_name="all", dashboard_body=json.dumps({"widgets": []}))
    bus = aws.cloudwatch.EventBus("results", name="results")
    archive = {"source": ["brandlens"]}
    aws.cloudwatch.EventArchive(
        "results",
        name="results",
        event_source_arn=bus.arn,
        event_pattern=json.dumps(archive),
        retention_days=days,
    )
    registry = aws.schemas.Registry("results", name="results")
    aws.schemas.Schema(
        "started", name="started", registry_name=registry.name, type="JSONSchemaDraft4", content="{}"
    )


def found(cloud: LocalCloud) -> dict[str, Any]:
    """What stands in the emulator."""
    cloudwatch, events = client(cloud, "cloudwatch"), client(cloud, "events")
    alarms = {each["AlarmName"]: each for each in cloudwatch.describe_alarms()["MetricAlarms"]}
    return {
        "thresholds": {name: each["Threshold"] for name, each in alarms.items()},
        "dimensions": [each["Dimensions"] for each in alarms.values() if each.get("MetricName")],
        "silence": [each["TreatMissingData"] for each in alarms.values() if each.get("MetricName")],
        "dashboards": [each["DashboardName"] for each in cloudwatch.list_dashboards()["DashboardEntries"]],
        "days": [each["RetentionDays"] for each in events.list_archives()["Archives"]],
        "told": [each["Endpoint"] for each in client(cloud, "sns").list_subscriptions()["Subscriptions"]],
    }


def test_they_stand_as_the_program_says_follow_its_changes_and_go_with_it(home: Home) -> None:
    first = found(local_cloud.up(home=home, program=sample.program(monitored)))
    assert first == {
        "thresholds": {"failed": 3, "throttles": 1},
        "dimensions": [[{"Name": "service", "Value": "sweeper"}]],
        "silence": ["breaching"],
        "dashboards": ["all"],
        "days": [7],
        "told": ["ops@example.com"],
    }

    changed = sample.program(lambda: monitored(threshold=5, days=30, email="night@example.com"))
    second = found(local_cloud.up(home=home, program=changed))
    assert second["thresholds"]["failed"] == 5
    assert second["days"] == [30]
    assert second["told"] == ["night@example.com"]

    nothing = found(local_cloud.up(home=home, program=sample.program(lambda: None)))
    assert not any(nothing.values())


def test_events_that_match_are_counted_by_a_filter_of_the_log_group(home: Home) -> None:
    cloud = local_cloud.up(home=home, program=sample.program(monitored))

    (filter_,) = client(cloud, "logs").describe_metric_filters(logGroupName="events")["metricFilters"]

    assert filter_["filterPattern"] == '{ $.detail.state = "FAILED" }'
    assert filter_["metricTransformations"][0]["metricName"] == "Failed"
