"""What every handler shares: its input validated, one log line at its start and one at its end, its metrics.

Telemetry is all that happens at import. Log lines carry the job and counts, never the event: presigned URLs
and task tokens are credentials. A handler whose event names no job adds what it has of `_IDENTITY` itself.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, ValidationError

from brandlens.errors import BrandlensError, InvalidInput

logger = Logger(utc=True)
metrics = Metrics()
tracer = Tracer(patch_modules=["botocore"])

Input = TypeVar("Input", bound=BaseModel)
Handler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def entry(event_model: type[Input]) -> Callable[[Callable[[Input, LambdaContext], BaseModel]], Handler]:
    """Make a Lambda handler of a function from a validated event to a result of references and counts.

    An event that is no `event_model` raises `InvalidInput`, naming the first field that is wrong. Metrics:
    `Success`, or `Failure` with the error's name, and `Duration`.
    """

    def decorate(run: Callable[[Input, LambdaContext], BaseModel]) -> Handler:
        def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
            began = time.monotonic()
            # A warm instance still has those of the event before.
            logger.remove_keys(_IDENTITY)
            logger.set_correlation_id(context.aws_request_id)
            try:
                given = _validated(event_model, event)
                logger.append_keys(**_identity(given))
                logger.info("started")
                result = run(given, context).model_dump(mode="json")
            except Exception as error:
                _failed(error, _milliseconds(began))
                raise
            else:
                metrics.add_metric("Success", MetricUnit.Count, 1)
                took = _milliseconds(began)
                logger.info("done", extra=_counts(result) | {"milliseconds": took})
                return result
            finally:
                metrics.add_metric("Duration", MetricUnit.Milliseconds, _milliseconds(began))
                metrics.flush_metrics()

        traced: Handler = tracer.capture_lambda_handler(handler, capture_response=False)
        return traced

    return decorate


def _validated(event_model: type[Input], event: Mapping[str, Any]) -> Input:
    try:
        return event_model.model_validate(event)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"the event is no {event_model.__name__}", f"{where}: {first['msg']}") from error


def _failed(error: Exception, milliseconds: int) -> None:
    name = type(error).__name__
    metrics.add_dimension("Error", name)
    metrics.add_metric("Failure", MetricUnit.Count, 1)
    # An error of ours explains itself; a stack trace is for what we did not foresee.
    logger.error(
        str(error) if isinstance(error, BrandlensError) else "failed unexpectedly",
        exc_info=not isinstance(error, BrandlensError),
        extra={"error": name, "milliseconds": milliseconds},
    )


_IDENTITY = ("job_id", "project", "labeling_job")
"""Which work a line is about, on every line once it is known."""


def _identity(given: BaseModel) -> dict[str, str]:
    job = getattr(given, "job", None)
    return {} if job is None else {"job_id": job.job_id, "project": job.project}


def _counts(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if isinstance(value, (bool, int, float))}


def _milliseconds(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
