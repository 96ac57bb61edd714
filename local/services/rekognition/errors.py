"""Errors as the service answers them."""


class ServiceError(Exception):
    """An error with its AWS code, such as ``ResourceNotFoundException``, and its message."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(code, message)

    @property
    def http_status(self) -> int:
        """The status the API reference gives: 500 for what is not the caller's fault, 400 otherwise."""
        return 500 if self.code in ("InternalServerError", "ThrottlingException") else 400


def not_found(what: str) -> ServiceError:
    return ServiceError("ResourceNotFoundException", f"Could not find {what}.")


def in_use(message: str) -> ServiceError:
    return ServiceError("ResourceInUseException", message)


def invalid_parameter(message: str) -> ServiceError:
    return ServiceError("InvalidParameterException", message)
