"""The HTTP side: one POST for every operation, and GET /health."""

import json
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from local.services.aws_json.errors import ServiceError
from local.services.aws_json.signature import Caller, Callers
from local.services.aws_json.wire import Wire, write_error

_MAX_BODY = 16 * 1024 * 1024
JSON = "application/json"


def utc_now() -> datetime:
    """Return the time to the millisecond, as exactly as it is told on the wire."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


@dataclass(frozen=True)
class Api:
    """What a service answers.

    Attributes
    ----------
    operations
        By name: a function of the caller and the validated parameters to a result.
    health
        Tells what GET /health says besides that the service is up.
    """

    wire: Wire
    callers: Callers
    operations: Mapping[str, Callable[[Caller, dict[str, Any]], Mapping[str, Any]]]
    health: Callable[[], Mapping[str, Any]]


class ApiHandler(BaseHTTPRequestHandler):
    server: "ApiServer"
    protocol_version = "HTTP/1.1"
    # An answer leaves in one packet, at once: with Nagle's algorithm each would wait 40 ms for the client.
    wbufsize = -1
    disable_nagle_algorithm = True

    def version_string(self) -> str:
        return self.server.api.wire.service

    def do_GET(self) -> None:
        if self.path != "/health":
            self.answer(404, b"{}", JSON)
            return
        api = self.server.api
        body = {"service": api.wire.service, "status": "ok", **api.health()}
        self.answer(200, json.dumps(body).encode(), JSON)

    def do_POST(self) -> None:
        try:
            status, answer = 200, self._perform(self.read_body())
        except ServiceError as error:
            status, answer = error.http_status, write_error(error)
        except Exception:
            self.server.log.exception("%s failed", self.headers.get("X-Amz-Target"))
            failure = ServiceError("InternalServerError", "The service failed; its log says how.")
            status, answer = failure.http_status, write_error(failure)
        self.answer(status, answer)

    def read_body(self) -> bytes:
        """Return the request's body; `ServiceError` for one that is too large to be read."""
        length = int(self.headers.get("Content-Length", "0"))
        if length > _MAX_BODY:
            self.close_connection = True
            raise ServiceError("RequestEntityTooLargeException", f"The request is over {_MAX_BODY} bytes.")
        return self.rfile.read(length)

    def _perform(self, body: bytes) -> bytes:
        api = self.server.api
        target = self.headers.get("X-Amz-Target", "")
        name = target.removeprefix(api.wire.target_prefix)
        operation = api.operations.get(name) if target.startswith(api.wire.target_prefix) else None
        if operation is None:
            raise ServiceError("UnknownOperationException", f"{target or 'No operation'} is not served here.")
        caller = api.callers.identify(
            {name.lower(): value for name, value in self.headers.items()}, utc_now()
        )
        return api.wire.write_response(name, operation(caller, api.wire.read_request(name, body)))

    def answer(
        self,
        status: int,
        body: bytes,
        content_type: str = "application/x-amz-json-1.1",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("x-amzn-RequestId", str(uuid.uuid4()))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        self.server.log.info("%s %s", self.headers.get("X-Amz-Target", self.path), code)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        self.server.log.warning(format, *args)


class ApiServer(ThreadingHTTPServer):
    """Serves an API on 127.0.0.1. Port 0 takes a free one, told by `server_port`."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, api: Api, handler: type[ApiHandler] = ApiHandler) -> None:
        self.api = api
        self.log = logging.getLogger(api.wire.service)
        super().__init__(("127.0.0.1", port), handler)
