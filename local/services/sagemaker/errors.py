"""Errors that SageMaker answers, and those that end a job."""

from local.services.aws_json.errors import ServiceError


def not_found(what: str) -> ServiceError:
    return ServiceError("ResourceNotFound", f"Could not find {what}.")


def in_use(message: str) -> ServiceError:
    return ServiceError("ResourceInUse", message)


def invalid(message: str) -> ServiceError:
    return ServiceError("ValidationException", message)


class JobFailed(Exception):
    """A job cannot go on; the message becomes its FailureReason."""

    def __init__(self, why: str) -> None:
        super().__init__(f"ClientError: {why}"[:1024])
