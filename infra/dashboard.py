"""The dashboard of one stack, as CloudWatch's JSON.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

import json
from collections.abc import Sequence
from typing import Any

from brandlens.gauges import GaugeName
from infra.alarms import JOB_ENDS, PERIOD_SECONDS, Metric, alarms, dead_letters, gauge, jobs_that, throttles
from infra.functions import FUNCTIONS
from infra.naming import Place
from infra.settings import Settings

WIDTH, HEIGHT = 8, 6
"""Of a graph; a row is 24 wide."""


def body(place: Place, settings: Settings) -> str:
    """Return the dashboard: the alarms, then what they watch, then functions and state machines."""
    functions = [place.name(spec.name) for spec in FUNCTIONS]
    graphs = [
        _graph(place, "Jobs that ended", [jobs_that(place, end) for end in JOB_ENDS]),
        _graph(
            place,
            "Age of the oldest job, seconds",
            [gauge(place, GaugeName.OLDEST_ANALYSIS), gauge(place, GaugeName.OLDEST_TRAINING)],
        ),
        _graph(place, "Events given up on", [dead_letters(place)]),
        _graph(
            place,
            "Models",
            [gauge(place, GaugeName.RUNNING_MODELS), gauge(place, GaugeName.IDLE_MODELS)],
        ),
        _graph(place, "Spent and reserved this month, USD", [gauge(place, GaugeName.MONTH_SPENT)]),
        _graph(place, "Calls refused for there are too many", throttles()),
        _graph(place, "Errors of functions", [_of_function("Errors", "Sum", name) for name in functions]),
        _graph(
            place,
            "Longest runs of functions, ms",
            [_of_function("Duration", "Maximum", name) for name in functions],
        ),
        _graph(
            place,
            "Executions at once of functions",
            [_of_function("ConcurrentExecutions", "Maximum", name) for name in functions],
        ),
    ]
    widgets = [_alarms(place, settings), *graphs]
    return json.dumps({"widgets": [{**widget, **_where(number)} for number, widget in enumerate(widgets)]})


def _where(number: int) -> dict[str, int]:
    """The first widget is a whole row, the others are three in a row."""
    if number == 0:
        return {"x": 0, "y": 0, "width": 3 * WIDTH, "height": 3}
    row, column = divmod(number - 1, 3)
    return {"x": column * WIDTH, "y": 3 + row * HEIGHT, "width": WIDTH, "height": HEIGHT}


def _alarms(place: Place, settings: Settings) -> dict[str, Any]:
    arns = [place.alarm_arn(alarm.name) for alarm in alarms(place, settings)]
    return {"type": "alarm", "properties": {"title": "Alarms", "alarms": arns}}


def _graph(place: Place, title: str, metrics: Sequence[Metric]) -> dict[str, Any]:
    return {
        "type": "metric",
        "properties": {
            "title": title,
            "region": place.region,
            "period": PERIOD_SECONDS,
            "metrics": [_line(metric) for metric in metrics],
        },
    }


def _line(metric: Metric) -> list[Any]:
    dimensions = [part for dimension in metric.dimensions.items() for part in dimension]
    return [metric.namespace, metric.name, *dimensions, {"stat": metric.statistic}]


def _of_function(name: str, statistic: Any, function: str) -> Metric:
    return Metric("AWS/Lambda", name, statistic, {"FunctionName": function})
