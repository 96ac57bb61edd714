"""Serves a folder to a browser: pages at any path, files in the ranges that a video is read in."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@contextmanager
def serving(folder: Path, headers: Mapping[str, str]) -> Iterator[str]:
    """Serve `folder` with `headers`, index.html at paths without an extension; yields the address."""

    class Handler(SimpleHTTPRequestHandler):
        # As CloudFront does, answer many requests over one connection; each answer goes out in one piece.
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            asked = _RANGE.match(self.headers.get("Range", ""))
            if "." not in path:
                self.path = "/index.html"
            if asked is None:
                super().do_GET()
            else:
                self._part(folder / path.lstrip("/"), int(asked[1]), asked[2])

        def _part(self, file: Path, start: int, until: str) -> None:
            body = file.read_bytes()
            end = min(int(until), len(body) - 1) if until else len(body) - 1
            self.send_response(HTTPStatus.PARTIAL_CONTENT)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Range", f"bytes {start}-{end}/{len(body)}")
            self.send_header("Content-Length", str(end - start + 1))
            self.end_headers()
            self.wfile.write(body[start : end + 1])

        def end_headers(self) -> None:
            self.send_header("Accept-Ranges", "bytes")
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing: tests fail by what the browser says."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
