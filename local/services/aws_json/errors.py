"""Errors as a service answers them."""

_STATUSES = {"InternalServerError": 500, "ThrottlingException": 500, "RequestEntityTooLargeException": 413}


class ServiceError(Exception):
    """An error with its AWS code, such as ``ResourceNotFoundException``, and its message."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(code, message)

    @property
    def http_status(self) -> int:
        """The status the API references give: 400 for nearly all that is the caller's fault."""
        return _STATUSES.get(self.code, 400)
