"""The HTTP side: one POST for every operation, and GET /health."""

import json
import logging
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from local.services.rekognition.context import Context, utc_now
from local.services.rekognition.errors import ServiceError
from local.services.rekognition.operations import OPERATIONS
from local.services.rekognition.signature import Callers
from local.services.rekognition.wire import TARGET_PREFIX, read_request, write_error, write_response

LOG = logging.getLogger("rekognition")
_MAX_BODY = 16 * 1024 * 1024


class RekognitionServer(ThreadingHTTPServer):
    """Serves the API on 127.0.0.1. Port 0 takes a free one, told by `server_port`."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, context: Context, callers: Callers) -> None:
        self.context, self.callers = context, callers
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: RekognitionServer
    protocol_version = "HTTP/1.1"
    server_version = "rekognition"
    # An answer leaves in one packet, at once: with Nagle's algorithm each would wait 40 ms for the client.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path != "/health":
            self._answer(404, b"{}", "application/json")
            return
        models = {version.arn: version.status for version in self.server.context.versions_below("")}
        body = {"service": "rekognition", "status": "ok", "models": models}
        self._answer(200, json.dumps(body).encode(), "application/json")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        if length > _MAX_BODY:
            self.close_connection = True
            too_large = ServiceError(
                "RequestEntityTooLargeException", f"The request is over {_MAX_BODY} bytes."
            )
            self._answer(413, write_error(too_large))
            return
        body = self.rfile.read(length)
        try:
            status, answer = 200, self._perform(body)
        except ServiceError as error:
            status, answer = error.http_status, write_error(error)
        except Exception:
            LOG.exception("%s failed", self.headers.get("X-Amz-Target"))
            failure = ServiceError("InternalServerError", "The service failed; its log says how.")
            status, answer = failure.http_status, write_error(failure)
        self._answer(status, answer)

    def _perform(self, body: bytes) -> bytes:
        target = self.headers.get("X-Amz-Target", "")
        name = target.removeprefix(TARGET_PREFIX)
        operation = OPERATIONS.get(name) if target.startswith(TARGET_PREFIX) else None
        if operation is None:
            raise ServiceError("UnknownOperationException", f"{target or 'No operation'} is not served here.")
        caller = self.server.callers.identify(
            {name.lower(): value for name, value in self.headers.items()}, utc_now()
        )
        return write_response(name, operation(self.server.context, caller, read_request(name, body)))

    def _answer(self, status: int, body: bytes, content_type: str = "application/x-amz-json-1.1") -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("x-amzn-RequestId", str(uuid.uuid4()))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        LOG.info("%s %s", self.headers.get("X-Amz-Target", self.path), code)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        LOG.warning(format, *args)
