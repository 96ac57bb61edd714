"""What is worth waking somebody for, as a table: which alarms there are, what they watch, when they go off.

docs/operations.md says of each what it means and what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

from brandlens.gauges import GaugeName
from infra.naming import Place
from infra.settings import Settings

PERIOD_SECONDS = 300
"""That of every metric: the sweep, which takes the gauges, comes as often."""

OLD_ANALYSIS_HOURS = 4
"""Longer than an analysis takes that gets on; the state machine itself gives up after 13 hours."""

OLD_TRAINING_SLACK_HOURS = 24
"""What a training may take besides labeling and learning."""

THROTTLES = 50
"""Of a period. A few are what finding the rate that a model takes costs; more is work that stands still."""

THROTTLED_PERIODS = 3

IDLE_SLACK_MINUTES = 20
"""How long after its grace time a model may be seen idle: a sweep, a stop, and the sweep that sees it."""

SWEEPER = "stop_idle_models"


@dataclass(frozen=True)
class Metric:
    """One metric of CloudWatch's, and how the values of a period become one."""

    namespace: str
    name: str
    statistic: Literal["Sum", "Maximum"]
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Alarm:
    """Goes off when the sum of `metrics` is `threshold` or more in each of `periods` in a row.

    `silence` is what a period without a value means: all is well, or what should tell does not run.
    """

    name: str
    means: str
    metrics: tuple[Metric, ...]
    threshold: float
    periods: int = 1
    silence: Literal["notBreaching", "breaching"] = "notBreaching"


def alarms(place: Place, settings: Settings) -> tuple[Alarm, ...]:
    """Every alarm of a stack."""
    training_hours = (
        settings.labeling_days_open * 24 + settings.training_timeout_hours + OLD_TRAINING_SLACK_HOURS
    )
    return (
        Alarm("failed-jobs", "A job has failed", (jobs_that(place, "Failed"),), threshold=1),
        Alarm("dead-letters", "An event was given up on", (dead_letters(place),), threshold=1),
        Alarm(
            "throttles",
            "Calls are refused for there are too many",
            throttles(),
            threshold=THROTTLES,
            periods=THROTTLED_PERIODS,
        ),
        Alarm(
            "oldest-analysis",
            f"An analysis has not ended for {OLD_ANALYSIS_HOURS} hours",
            (gauge(place, GaugeName.OLDEST_ANALYSIS),),
            threshold=OLD_ANALYSIS_HOURS * 3600,
        ),
        Alarm(
            "oldest-training",
            f"A training has not ended for {training_hours:g} hours",
            (gauge(place, GaugeName.OLDEST_TRAINING),),
            threshold=training_hours * 3600,
        ),
        Alarm(
            "idle-models",
            "A model runs although no job needs it, or nothing looks whether one does",
            (gauge(place, GaugeName.IDLE_MODELS),),
            threshold=1,
            periods=ceil((settings.idle_grace_minutes + IDLE_SLACK_MINUTES) * 60 / PERIOD_SECONDS),
            silence="breaching",
        ),
        Alarm(
            "spend",
            f"This month's jobs cost {settings.spend_alarm_usd:g} USD or more",
            (gauge(place, GaugeName.MONTH_SPENT),),
            threshold=settings.spend_alarm_usd,
        ),
    )


JobEnd = Literal["Completed", "Failed", "Rejected"]
JOB_ENDS: Mapping[JobEnd, str] = {
    "Completed": '{ $.detail-type = "Analysis Completed" || $.detail-type = "Training Completed" }',
    "Failed": '{ $.detail.state = "FAILED" }',
    "Rejected": '{ $.detail.state = "REJECTED" }',
}
"""How a job's end is known among the published events, each of which is announced once, as a log filter."""


def jobs_that(place: Place, end: JobEnd) -> Metric:
    """How many jobs ended so."""
    return Metric(place.metrics_namespace, f"Jobs{end}", "Sum")


def dead_letters(place: Place) -> Metric:
    queue = {"QueueName": place.name("dead-letters")}
    return Metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", queue)


def throttles() -> tuple[Metric, ...]:
    """Refused calls of functions and of models: the quotas are the account's, whoever uses them up."""
    return (
        Metric("AWS/Lambda", "Throttles", "Sum"),
        Metric("AWS/Rekognition", "ThrottledCount", "Sum", {"Operation": "DetectCustomLabels"}),
    )


def gauge(place: Place, name: GaugeName) -> Metric:
    return Metric(place.metrics_namespace, name.value, "Maximum", {"service": SWEEPER})
