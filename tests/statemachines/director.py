"""Says what every function answers, and writes down what it was called with: one script for each job."""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Raise:
    """The call fails with an exception of the class `error`."""

    error: str
    message: str = "as the test wants it"


@dataclass(frozen=True)
class Late:
    """The call is answered `seconds` later than it could be; `answer` None is the usual answer."""

    seconds: float
    answer: Json | None = None


Says = Json | Raise | Late


@dataclass
class Script:
    """What the callees of one job say: each its `turns` first, one a call, and then its `usual` answer."""

    usual: Mapping[str, Json]
    turns: Mapping[str, Sequence[Says]]
    calls: list[tuple[str, Json]] = field(default_factory=list)
    """Who was called with what, in order."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, callee: str, payload: Json) -> Says:
        with self._lock:
            turn = sum(name == callee for name, _ in self.calls)
            self.calls.append((callee, payload))
        turns = self.turns.get(callee, ())
        return turns[turn] if turn < len(turns) else self.usual[callee]


class Director:
    """Answers for functions, by their names, and is asked before children of machines, by theirs, start."""

    def __init__(self) -> None:
        self._scripts: dict[str, Script] = {}

    def direct(self, job_id: str, script: Script) -> None:
        self._scripts[job_id] = script

    def answer(self, callee: str, payload: Json) -> Json:
        script = self._scripts[payload.get("BatchInput", payload)["job"]["job_id"]]
        says = script.take(callee, payload)
        if isinstance(says, Late):
            time.sleep(says.seconds)
            says = says.answer or script.usual[callee]
        if isinstance(says, Raise):
            return {"error": says.error, "message": says.message}
        return {"answer": says}

    @contextmanager
    def listening(self, host: str) -> Iterator[str]:
        """Serve on a free port of `host` and give the URL."""
        answer = self.answer

        class Answering(BaseHTTPRequestHandler):
            wbufsize = -1  # headers and body in one packet: else the body waits for an acknowledgement

            def do_POST(self) -> None:
                payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                body = json.dumps(answer(self.path[1:], payload)).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
                """Say nothing: the calls are in the script."""

        with ThreadingHTTPServer((host, 0), Answering) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            try:
                yield f"http://{host}:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()
