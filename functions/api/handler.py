"""Serves the HTTP API: the target of every method of the stack's REST API in API Gateway.

Input: API Gateway's proxy event, signed by its caller and let through by IAM. Output: status, headers and
body; errors have the form `brandlens.api.problems.Problem`. It raises none but `InvalidSettings`.

Its log lines hold the operation, never a body, query or URL: those bear presigned URLs and e-mail addresses.
"""

import os
import time
from functools import cache
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Chalice

from brandlens.settings import ApiSettings
from functions.api.app import make_app
from functions.api.deps import deps
from functions.runtime import logger, metrics, tracer


@cache
def _app() -> Chalice:
    return make_app(deps, origin=ApiSettings.read(os.environ).portal_origin)


@tracer.capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    began = time.monotonic()
    logger.set_correlation_id(event["requestContext"]["requestId"])
    operation = f"{event['requestContext']['httpMethod']} {event['requestContext']['resourcePath']}"
    try:
        answer: dict[str, Any] = _app()(event, context)
        logger.info("done", extra=_told(operation, began) | {"status": answer["statusCode"]})
        metrics.add_metric("Success" if answer["statusCode"] < 500 else "Failure", MetricUnit.Count, 1)
        return answer
    finally:
        metrics.add_metric("Duration", MetricUnit.Milliseconds, _milliseconds(began))
        metrics.flush_metrics()


def _told(operation: str, began: float) -> dict[str, Any]:
    return {"operation": operation, "milliseconds": _milliseconds(began)}


def _milliseconds(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
