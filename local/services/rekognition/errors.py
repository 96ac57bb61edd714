"""Errors that Rekognition answers."""

from local.services.aws_json.errors import ServiceError

INVALID_PAGE = "InvalidPaginationTokenException"


def not_found(what: str) -> ServiceError:
    return ServiceError("ResourceNotFoundException", f"Could not find {what}.")


def in_use(message: str) -> ServiceError:
    return ServiceError("ResourceInUseException", message)


def invalid_parameter(message: str) -> ServiceError:
    return ServiceError("InvalidParameterException", message)
