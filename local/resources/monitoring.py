"""CloudWatch's alarms and dashboards, metrics counted in logs, and who is told of alarms."""

from typing import Any

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, given, pascal, unless


def put_alarm(aws: Aws, inputs: Inputs) -> Made:
    name = inputs["name"]
    queries = [_query(query) for query in inputs.get("metricQueries") or []]
    aws.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        ComparisonOperator=inputs["comparisonOperator"],
        EvaluationPeriods=inputs["evaluationPeriods"],
        AlarmActions=inputs.get("alarmActions") or [],
        OKActions=inputs.get("okActions") or [],
        **given(
            AlarmDescription=inputs.get("alarmDescription"),
            Threshold=inputs.get("threshold"),
            TreatMissingData=inputs.get("treatMissingData"),
            Namespace=inputs.get("namespace"),
            MetricName=inputs.get("metricName"),
            Dimensions=_dimensions(inputs) if inputs.get("metricName") else None,
            Statistic=inputs.get("statistic"),
            Period=inputs.get("period"),
            Metrics=queries or None,
        ),
    )
    return Made(name, {"arn": aws.arn("cloudwatch", f"alarm:{name}")})


def _query(query: Inputs) -> dict[str, Any]:
    metric = query.get("metric")
    if metric is None:
        return dict(pascal(query))
    described = {key: metric[key] for key in ("namespace", "metricName")}
    stat = {"Metric": {**pascal(described), "Dimensions": _dimensions(metric)}}
    return {"Id": query["id"], "MetricStat": {**stat, "Period": metric["period"], "Stat": metric["stat"]}}


def _dimensions(inputs: Inputs) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in (inputs.get("dimensions") or {}).items()]


def delete_alarm(aws: Aws, name: str, _inputs: Inputs) -> None:
    aws.client("cloudwatch").delete_alarms(AlarmNames=[name])


def put_dashboard(aws: Aws, inputs: Inputs) -> Made:
    name = inputs["dashboardName"]
    aws.client("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=inputs["dashboardBody"])
    return Made(name)


def delete_dashboard(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless("ResourceNotFound", "DashboardNotFoundError"):
        aws.client("cloudwatch").delete_dashboards(DashboardNames=[name])


def put_metric_filter(aws: Aws, inputs: Inputs) -> Made:
    counted = inputs["metricTransformation"]
    aws.client("logs").put_metric_filter(
        logGroupName=inputs["logGroupName"],
        filterName=inputs["name"],
        filterPattern=inputs["pattern"],
        metricTransformations=[
            given(
                metricName=counted["name"],
                metricNamespace=counted["namespace"],
                metricValue=counted["value"],
                defaultValue=float(counted["defaultValue"]) if counted.get("defaultValue") else None,
            )
        ],
    )
    return Made(inputs["name"])


def delete_metric_filter(aws: Aws, name: str, inputs: Inputs) -> None:
    with unless("ResourceNotFoundException"):
        aws.client("logs").delete_metric_filter(logGroupName=inputs["logGroupName"], filterName=name)


def put_subscription(aws: Aws, inputs: Inputs) -> Made:
    arn = aws.client("sns").subscribe(
        TopicArn=inputs["topic"],
        Protocol=inputs["protocol"],
        Endpoint=inputs["endpoint"],
        ReturnSubscriptionArn=True,
    )["SubscriptionArn"]
    return Made(arn, {"arn": arn})


def delete_subscription(aws: Aws, arn: str, _inputs: Inputs) -> None:
    with unless("NotFoundException"):
        aws.client("sns").unsubscribe(SubscriptionArn=arn)


KINDS = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": Kind(put_alarm, delete_alarm, named_by="name"),
    "aws:cloudwatch/dashboard:Dashboard": Kind(put_dashboard, delete_dashboard, named_by="dashboardName"),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": Kind(
        put_metric_filter, delete_metric_filter, named_by="name", replaced_when=("logGroupName",)
    ),
    "aws:sns/topicSubscription:TopicSubscription": Kind(
        put_subscription, delete_subscription, replaced_when=("topic", "protocol", "endpoint")
    ),
}
