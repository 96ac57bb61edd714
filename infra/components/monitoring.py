"""What tells the operator how the stack is."""

from typing import Any

import pulumi
import pulumi_aws as aws

from infra import dashboard
from infra.alarms import JOB_ENDS, PERIOD_SECONDS, Alarm, JobEnd, Metric, alarms, jobs_that
from infra.components.results_bus import ResultsBus
from infra.naming import Place
from infra.policies import allow_service, document, refuse_plaintext
from infra.settings import Settings


class Monitoring(pulumi.ComponentResource):
    """Makes the alarms, the topic that they are sent to, the dashboard, and metrics of how jobs end.

    `alarm_email` is subscribed where it is set; others may subscribe to the topic as well. How jobs end is
    counted in the log of published events.
    """

    def __init__(
        self, place: Place, settings: Settings, bus: ResultsBus, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("brandlens:infra:Monitoring", "monitoring", None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        self.topic = self._topic(place, settings)
        for end, pattern in JOB_ENDS.items():
            self._counted(place, bus, end, pattern)
        for alarm in alarms(place, settings):
            self._alarm(place, alarm)
        aws.cloudwatch.Dashboard(
            "operations",
            dashboard_name=place.name("operations"),
            dashboard_body=dashboard.body(place, settings),
            opts=self._child,
        )
        self.register_outputs({"topic": self.topic.arn})

    def _topic(self, place: Place, settings: Settings) -> aws.sns.Topic:
        arn = place.arn("sns", place.name("alarms"))
        # CloudWatch publishes in its own name, so an AWS managed key would refuse it.
        topic = aws.sns.Topic(
            "alarms", name=place.name("alarms"), display_name=place.metrics_namespace, opts=self._child
        )
        aws.sns.TopicPolicy(
            "alarms",
            arn=topic.arn,
            policy=document(
                allow_service(
                    "cloudwatch.amazonaws.com",
                    "sns:Publish",
                    on=arn,
                    when={"StringEquals": {"aws:SourceAccount": place.account}},
                ),
                refuse_plaintext(arn, actions="sns:Publish"),
            ),
            opts=self._child,
        )
        if settings.alarm_email:
            aws.sns.TopicSubscription(
                "alarms", topic=topic.arn, protocol="email", endpoint=settings.alarm_email, opts=self._child
            )
        return topic

    def _counted(self, place: Place, bus: ResultsBus, end: JobEnd, pattern: str) -> None:
        name, metric = f"jobs-{end.lower()}", jobs_that(place, end)
        aws.cloudwatch.LogMetricFilter(
            name,
            name=place.name(name),
            log_group_name=bus.log_group.name,
            pattern=pattern,
            metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                namespace=metric.namespace, name=metric.name, value="1", default_value="0"
            ),
            opts=self._child,
        )

    def _alarm(self, place: Place, alarm: Alarm) -> None:
        told = [self.topic.arn]
        aws.cloudwatch.MetricAlarm(
            alarm.name,
            name=place.name(alarm.name),
            alarm_description=f"{alarm.means}. What to do: docs/operations.md, {alarm.name}",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=alarm.threshold,
            evaluation_periods=alarm.periods,
            treat_missing_data=alarm.silence,
            alarm_actions=told,
            ok_actions=told,
            opts=self._child,
            **_watched(alarm),
        )


def _watched(alarm: Alarm) -> dict[str, Any]:
    """What the alarm watches: one metric, or the sum of several, of which any may have no values."""
    if len(alarm.metrics) == 1:
        (metric,) = alarm.metrics
        return {
            "namespace": metric.namespace,
            "metric_name": metric.name,
            "dimensions": dict(metric.dimensions),
            "statistic": metric.statistic,
            "period": PERIOD_SECONDS,
        }
    queries = {f"m{number}": metric for number, metric in enumerate(alarm.metrics)}
    total = aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id="total",
        label=alarm.name,
        expression="+".join(f"FILL({query},0)" for query in queries),
        return_data=True,
    )
    return {"metric_queries": [*(_query(query, metric) for query, metric in queries.items()), total]}


def _query(name: str, metric: Metric) -> aws.cloudwatch.MetricAlarmMetricQueryArgs:
    return aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id=name,
        metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
            namespace=metric.namespace,
            metric_name=metric.name,
            dimensions=dict(metric.dimensions),
            period=PERIOD_SECONDS,
            stat=metric.statistic,
        ),
    )
