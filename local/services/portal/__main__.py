"""``python -m local.services.portal --port 4600 --aws-endpoint URL``: serve the portal until ended."""

import argparse
import logging
import signal
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from local.services.aws_json.emulated_account import EmulatedAccount
from local.services.portal.site import Site


def make_server(port: int, site: Site) -> ThreadingHTTPServer:
    """Make what answers GET and HEAD on loopback; it serves when told to."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            path = self.path.split("?", 1)[0]
            if path == "/health":
                self._send(200, {"Content-Type": "text/plain"}, b"ok" if with_body else b"")
                return
            answer = site.answer(path)
            self._send(answer.status, answer.headers, answer.body if with_body else b"")

        def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def version_string(self) -> str:
            return "portal"

        def log_message(self, form: str, *arguments: object) -> None:
            logging.getLogger("portal").info(form, *arguments)

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.services.portal", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--aws-endpoint", required=True, help="URL of the emulator")
    given = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    server = make_server(given.port, Site(EmulatedAccount(given.aws_endpoint), given.aws_endpoint))
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: threading.Thread(target=server.shutdown).start())
    with server:
        server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    main()
