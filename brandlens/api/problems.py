"""The one form of the API's errors, and which status each of ours has."""

from http import HTTPStatus

from brandlens.errors import (
    AlreadyExists,
    BrandlensError,
    Conflict,
    InvalidInput,
    ModelNotReady,
    NotFound,
    NotPermitted,
    NoTrainedModel,
    ObjectNotFound,
    OverBudget,
    Refused,
    RequestTooLarge,
    ServiceUnavailable,
    Throttled,
    UnknownProject,
)
from brandlens.jobs import Value

UNFORESEEN = "InternalError"

_STATUS: tuple[tuple[type[BrandlensError], HTTPStatus], ...] = (
    (UnknownProject, HTTPStatus.NOT_FOUND),
    (ObjectNotFound, HTTPStatus.NOT_FOUND),
    (NotFound, HTTPStatus.NOT_FOUND),
    (NoTrainedModel, HTTPStatus.CONFLICT),
    (OverBudget, HTTPStatus.CONFLICT),
    (ModelNotReady, HTTPStatus.CONFLICT),
    (AlreadyExists, HTTPStatus.CONFLICT),
    (Conflict, HTTPStatus.CONFLICT),
    (NotPermitted, HTTPStatus.FORBIDDEN),
    (RequestTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (Refused, HTTPStatus.BAD_REQUEST),
    (InvalidInput, HTTPStatus.BAD_REQUEST),
    (Throttled, HTTPStatus.TOO_MANY_REQUESTS),
    (ServiceUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""The first that an error is of counts; any other is our own fault."""


class Problem(Value):
    """Why a request came to nothing: for programs (`code`) and people (`message`)."""

    code: str
    message: str
    request_id: str


def status_of(error: BrandlensError) -> HTTPStatus:
    return next(
        (status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR
    )


def problem_of(error: Exception, request_id: str) -> tuple[HTTPStatus, Problem]:
    """Return the status and the body for an error; one that is our own fault tells a caller nothing."""
    status = status_of(error) if isinstance(error, BrandlensError) else HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(error, BrandlensError) and status is not HTTPStatus.INTERNAL_SERVER_ERROR:
        return status, Problem(code=error.code, message=str(error), request_id=request_id)
    sentence = f"The request could not be answered: something failed on our side. Its id is {request_id}."
    return status, Problem(code=UNFORESEEN, message=sentence, request_id=request_id)
