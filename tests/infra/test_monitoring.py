"""Alarms, dashboard, and the topic that tells of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from brandlens.events import PUBLISHED, AnalysisFailed, TrainingFailed
from brandlens.gauges import GaugeName
from brandlens.jobs import JobState
from functions import stop_idle_models
from infra.alarms import JOB_ENDS, SWEEPER, alarms
from infra.naming import Place
from infra.settings import Settings
from tests.infra.recording import ACCOUNT, GOOD, REGION, Program, evaluate, rights

TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:brandlens-dev-alarms"
ALARM, FILTER = "aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/logMetricFilter:LogMetricFilter"
HANDBOOK = Path(__file__).parents[2] / "docs" / "operations.md"


def watched(alarm: dict[str, Any]) -> list[tuple[str, str, dict[str, str]]]:
    """Namespace, name and dimensions of every metric of an alarm."""
    metrics = [query["metric"] for query in alarm.get("metricQueries", ()) if "metric" in query] or [alarm]
    return [(one["namespace"], one["metricName"], one.get("dimensions", {})) for one in metrics]


@pytest.fixture(scope="module")
def made(dev: Program) -> dict[str, dict[str, Any]]:
    """The alarms by the names that the table gives them."""
    return {alarm.name: alarm.inputs for alarm in dev.of(ALARM)}


def test_everything_that_is_to_be_told_of_has_its_alarm(made: dict[str, dict[str, Any]]) -> None:
    assert set(made) == {
        "failed-jobs", "dead-letters", "throttles", "oldest-analysis", "oldest-training", "idle-models",
        "spend",
    }  # fmt: skip


def test_every_alarm_tells_the_topic_when_it_goes_off_and_when_it_is_over(
    made: dict[str, dict[str, Any]],
) -> None:
    for name, alarm in made.items():
        assert alarm["name"] == f"brandlens-dev-{name}"
        assert alarm["alarmActions"] == alarm["okActions"] == [TOPIC]
        assert alarm["comparisonOperator"] == "GreaterThanOrEqualToThreshold"


def test_every_alarm_is_explained_and_says_where(made: dict[str, dict[str, Any]]) -> None:
    headings = re.findall(r"^### `([a-z-]+)`$", HANDBOOK.read_text("utf-8"), re.MULTILINE)

    assert sorted(headings) == sorted(made)
    for name, alarm in made.items():
        assert alarm["alarmDescription"].endswith(f"docs/operations.md, {name}")


def test_every_metric_of_ours_that_is_watched_is_one_that_we_take(
    dev: Program, made: dict[str, dict[str, Any]]
) -> None:
    counted = {
        (one.inputs["metricTransformation"]["namespace"], one.inputs["metricTransformation"]["name"])
        for one in dev.of(FILTER)
    }
    function = dev.one("aws:lambda/function:Function", SWEEPER).inputs["environment"]["variables"]

    ours = [
        metric for alarm in made.values() for metric in watched(alarm) if not metric[0].startswith("AWS/")
    ]
    assert ours
    for namespace, name, dimensions in ours:
        assert namespace == function["POWERTOOLS_METRICS_NAMESPACE"] == "brandlens-dev"
        if dimensions:
            assert dimensions == {"service": function["POWERTOOLS_SERVICE_NAME"]}
            assert name in set(GaugeName)
        else:
            assert (namespace, name) in counted


def test_jobs_are_counted_by_words_that_published_events_say() -> None:
    types = {event.detail_type for event in PUBLISHED}
    said = {end: set(re.findall(r'"([^"]+)"', pattern)) for end, pattern in JOB_ENDS.items()}

    assert said["Completed"] == {"Analysis Completed", "Training Completed"} <= types
    assert said["Failed"] | said["Rejected"] <= set(JobState)
    for event in (AnalysisFailed, TrainingFailed):
        assert "state" in event.model_fields


def test_the_sweeper_that_takes_the_gauges_is_that_function() -> None:
    assert stop_idle_models.__name__.rpartition(".")[2] == SWEEPER


def test_the_dead_letters_that_are_watched_are_those_of_the_stacks_queue(
    dev: Program, made: dict[str, dict[str, Any]]
) -> None:
    ((_, _, dimensions),) = watched(made["dead-letters"])

    assert dimensions == {"QueueName": dev.one("aws:sqs/queue:Queue", "dead-letters").inputs["name"]}


def test_a_sweep_that_does_not_run_is_told_of_as_an_idle_model_is(made: dict[str, dict[str, Any]]) -> None:
    assert made["idle-models"]["treatMissingData"] == "breaching"
    assert {alarm["treatMissingData"] for name, alarm in made.items() if name != "idle-models"} == {
        "notBreaching"
    }


def test_a_model_may_idle_for_its_grace_time_and_the_sweeps_that_stop_it(dev: Program) -> None:
    place = Place("brandlens", "dev", "aws", REGION, ACCOUNT)

    def minutes(grace: str) -> float:
        settings = Settings.check(GOOD | {"idle_grace_minutes": grace})
        (idle,) = [alarm for alarm in alarms(place, settings) if alarm.name == "idle-models"]
        return idle.periods * 5

    assert minutes("5") == 25
    assert minutes("60") == 80


def test_a_training_may_take_as_long_as_people_and_the_model_may() -> None:
    slow = evaluate(labeling_days_open="30", training_timeout_hours="26")

    hours = slow.one(ALARM, "oldest-training").inputs["threshold"] / 3600
    assert hours == 30 * 24 + 26 + 24


def test_spending_is_told_of_from_the_amount_that_is_set() -> None:
    assert evaluate(spend_alarm_usd="12.5").one(ALARM, "spend").inputs["threshold"] == 12.5


def test_refused_calls_of_functions_and_of_models_are_added_up(made: dict[str, dict[str, Any]]) -> None:
    *metrics, total = made["throttles"]["metricQueries"]

    assert [metric["metric"]["namespace"] for metric in metrics] == ["AWS/Lambda", "AWS/Rekognition"]
    assert total["expression"] == "FILL(m0,0)+FILL(m1,0)"
    assert [query.get("returnData") for query in (*metrics, total)] == [None, None, True]


def test_nobody_is_subscribed_unless_an_address_is_set(dev: Program) -> None:
    kind = "aws:sns/topicSubscription:TopicSubscription"
    (one,) = evaluate(alarm_email="ops@example.com").of(kind)

    assert dev.of(kind) == []
    assert (one.inputs["protocol"], one.inputs["endpoint"]) == ("email", "ops@example.com")
    assert one.inputs["topic"] == TOPIC


def test_only_cloudwatch_of_this_account_publishes_alarms_and_never_in_plain_text(dev: Program) -> None:
    policy = json.loads(dev.one("aws:sns/topicPolicy:TopicPolicy", "alarms").inputs["policy"])
    allowed, denied = policy["Statement"]

    assert allowed["Principal"] == {"Service": ["cloudwatch.amazonaws.com"]}
    assert allowed["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert allowed["Resource"] == [TOPIC]
    assert denied["Effect"] == "Deny"
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_everything_that_works_on_a_job_is_traced_and_may_say_so(dev: Program) -> None:
    functions = dev.of("aws:lambda/function:Function")
    machines = dev.of("aws:sfn/stateMachine:StateMachine")
    stage = dev.one("aws:apigateway/stage:Stage", "api")

    assert {each.inputs["tracingConfig"]["mode"] for each in functions} == {"Active"}
    assert {each.inputs["tracingConfiguration"]["enabled"] for each in machines} == {True}
    assert stage.inputs["xrayTracingEnabled"] is True
    for each in (*functions, *machines):
        assert rights(dev, each.name)["xray:PutTraceSegments"] == {"*"}


def test_every_event_that_a_function_is_called_with_asynchronously_ends_in_the_queue_at_worst(
    dev: Program,
) -> None:
    queue = f"arn:aws:sqs:{REGION}:{ACCOUNT}:brandlens-dev-dead-letters"
    targets = [
        each.inputs
        for each in dev.of("aws:cloudwatch/eventTarget:EventTarget")
        if ":function:" in each.inputs["arn"]
    ]
    failures = dev.of("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig")

    assert len(targets) == 4
    assert {each["deadLetterConfig"]["arn"] for each in targets} == {queue}
    assert {each.inputs["destinationConfig"]["onFailure"]["destination"] for each in failures} == {queue}
    assert len(failures) == len(dev.of("aws:lambda/function:Function"))


@pytest.fixture(scope="module")
def widgets(dev: Program) -> list[dict[str, Any]]:
    body = dev.one("aws:cloudwatch/dashboard:Dashboard", "operations").inputs["dashboardBody"]
    return list(json.loads(body)["widgets"])


def test_the_dashboard_shows_every_alarm_and_every_metric_that_one_watches(
    widgets: list[dict[str, Any]], made: dict[str, dict[str, Any]]
) -> None:
    first, *graphs = widgets
    shown = {
        (namespace, name, tuple(rest[:-1]))
        for graph in graphs
        for namespace, name, *rest in graph["properties"]["metrics"]
    }

    assert first["properties"]["alarms"] == [
        f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:brandlens-dev-{name}" for name in made
    ]
    for alarm in made.values():
        for namespace, name, dimensions in watched(alarm):
            assert (namespace, name, tuple(part for pair in dimensions.items() for part in pair)) in shown


def test_no_widget_of_the_dashboard_lies_on_another(widgets: list[dict[str, Any]]) -> None:
    cells = [
        (x, y)
        for one in widgets
        for x in range(one["x"], one["x"] + one["width"])
        for y in range(one["y"], one["y"] + one["height"])
    ]

    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24
